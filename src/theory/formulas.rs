//! The formulas of queueing theory. Rates λ and μ are per second; what is a time in milliseconds says so in its name.
//!
//! Sources: A. K. Erlang 1917 (M/M/c); F. Pollaczek 1930, A. Khinchine 1932 (M/G/1); M. Reiser, S. Lavenberg 1980 (mean
//! value analysis); F. Baccelli, G. Hebuterne 1981 (impatience).

/// M/M/1 mean response time, 1/(μ − λ).
pub fn mm1_response_ms(lambda: f64, mu: f64) -> f64 {
    1e3 / (mu - lambda)
}

/// M/M/1 quantile of the response time, which is exponential: −ln(1 − q)/(μ − λ).
pub fn mm1_quantile_ms(lambda: f64, mu: f64, q: f64) -> f64 {
    -libm::log(1.0 - q) * mm1_response_ms(lambda, mu)
}

/// Erlang B: probability that all `c` servers are taken, offered `a` = λ/μ.
pub fn erlang_b(c: u32, a: f64) -> f64 {
    (1..=c).fold(1.0, |b, n| a * b / (f64::from(n) + a * b))
}

/// Erlang C: probability of waiting at M/M/c.
pub fn erlang_c(c: u32, a: f64) -> f64 {
    let b = erlang_b(c, a);
    let rho = a / f64::from(c);
    b / (1.0 - rho * (1.0 - b))
}

/// M/M/c mean response time: C/(cμ − λ) + 1/μ.
pub fn mmc_response_ms(c: u32, lambda: f64, mu: f64) -> f64 {
    1e3 * (erlang_c(c, lambda / mu) / (f64::from(c) * mu - lambda) + 1.0 / mu)
}

/// M/M/c/K, offered `a` = λ/μ, K places in the system: the probability of loss and the mean number in the system.
pub fn mmck(c: u32, k: u32, a: f64) -> (f64, f64) {
    let mut weight = 1.0;
    let (mut total, mut number) = (1.0, 0.0);
    for n in 1..=k {
        weight *= a / f64::from(n.min(c));
        total += weight;
        number += f64::from(n) * weight;
    }
    (weight / total, number / total)
}

/// Pollaczek–Khinchine: M/G/1 mean response time for a coefficient of variation of the service time.
pub fn mg1_response_ms(lambda: f64, mu: f64, cv: f64) -> f64 {
    let rho = lambda / mu;
    1e3 * (1.0 / mu + rho * (1.0 + cv * cv) / (2.0 * (mu - lambda)))
}

/// Mean value analysis of a closed network: throughput per second with `users` who think `think_s` and then visit one
/// single-server station after another, mean service times `service_s`; and the mean number at each.
pub fn closed(users: u32, think_s: f64, service_s: &[f64]) -> (f64, Vec<f64>) {
    let mut queue = vec![0.0; service_s.len()];
    let mut throughput = 0.0;
    for n in 1..=users {
        let response: Vec<f64> = queue.iter().zip(service_s).map(|(q, s)| s * (1.0 + q)).collect();
        throughput = f64::from(n) / (think_s + response.iter().sum::<f64>());
        queue = response.iter().map(|r| throughput * r).collect();
    }
    (throughput, queue)
}

/// M/M/c with impatient customers: the probability of leaving unserved and the mean wait in seconds of all, served or
/// not (Baccelli and Hebuterne 1981, as Zeltyn and Mandelbaum 2005 write it). `patience` gives
/// H(x) = ∫₀ˣ P(patience > u) du in seconds.
pub fn impatient(c: u32, lambda: f64, mu: f64, patience: impl Fn(f64) -> f64) -> (f64, f64) {
    let capacity = f64::from(c) * mu;
    // Simpson's rule up to where the density has vanished.
    let (step, count) = (1e-5, 400_000);
    let (mut j, mut j_h) = (0.0, 0.0);
    for at in 0..=count {
        let weight = if at == 0 || at == count { 1.0 } else { 2.0 + 2.0 * f64::from(at % 2) };
        let x = step * f64::from(at);
        let h = patience(x);
        let density = weight * step / 3.0 * libm::exp(lambda * h - capacity * x);
        j += density;
        j_h += h * density;
    }
    // The sum of the states without waiting, in units of the one before waiting begins.
    let a = lambda / mu;
    let (mut term, mut states) = (1.0, 1.0);
    for n in (1..c).rev() {
        term *= f64::from(n) / a;
        states += term;
    }
    let all = states + lambda * j;
    ((1.0 + (lambda - capacity) * j) / all, lambda * j_h / all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn erlangs_formulas_give_the_values_of_their_tables() {
        // B(10, 5) = 0.0184; C(2, 1.5) = 9/14; C(1, ρ) = ρ.
        assert!((erlang_b(10, 5.0) - 0.018_385).abs() < 1e-6);
        assert!((erlang_c(2, 1.5) - 9.0 / 14.0).abs() < 1e-12);
        assert!((erlang_c(1, 0.7) - 0.7).abs() < 1e-12);
    }

    #[test]
    fn impatience_has_its_known_limits() {
        // Nobody waits at all: Erlang B. Nobody ever leaves: Erlang C.
        let (lost, wait) = impatient(4, 300.0, 100.0, |_| 0.0);
        assert!((lost - erlang_b(4, 3.0)).abs() < 1e-6 && wait == 0.0, "{lost} {wait}");
        let (left, wait) = impatient(4, 300.0, 100.0, |x| x);
        assert!(left.abs() < 1e-6, "{left}");
        assert!((wait - erlang_c(4, 3.0) / 100.0).abs() < 1e-6, "{wait}");
        // With patience exponential and as long as the work, the number in the system is Poisson (M/M/∞).
        let theta = 100.0;
        let (left, _) = impatient(2, 200.0, 100.0, |x| (1.0 - libm::exp(-theta * x)) / theta);
        let poisson = |n: u32| libm::exp(-2.0) * (1..=n).fold(1.0, |p, k| p * 2.0 / f64::from(k));
        let beyond: f64 = (3..40).map(|n| f64::from(n - 2) * poisson(n)).sum();
        assert!((left - beyond * theta / 200.0).abs() < 1e-5, "{left} {}", beyond * theta / 200.0);
    }
}
