//! The formulas, with λ and μ per second and results in milliseconds where they are times.

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

/// M/M/1/K probability of loss: (1 − ρ)ρᴷ/(1 − ρᴷ⁺¹), K places in the system.
pub fn mm1k_loss(k: u32, rho: f64) -> f64 {
    (1.0 - rho) * libm::pow(rho, f64::from(k)) / (1.0 - libm::pow(rho, f64::from(k + 1)))
}

/// Pollaczek–Khinchine: M/G/1 mean response time for a coefficient of variation of the service time.
pub fn mg1_response_ms(lambda: f64, mu: f64, cv: f64) -> f64 {
    let rho = lambda / mu;
    1e3 * (1.0 / mu + rho * (1.0 + cv * cv) / (2.0 * (mu - lambda)))
}

/// Mean value analysis of a closed network: throughput per second with `users` who think `think_s` and then visit one
/// single-server station after another, mean service times `service_s`.
pub fn closed_throughput(users: u32, think_s: f64, service_s: &[f64]) -> f64 {
    let mut queue = vec![0.0; service_s.len()];
    let mut throughput = 0.0;
    for n in 1..=users {
        let response: Vec<f64> = queue.iter().zip(service_s).map(|(q, s)| s * (1.0 + q)).collect();
        throughput = f64::from(n) / (think_s + response.iter().sum::<f64>());
        queue = response.iter().map(|r| throughput * r).collect();
    }
    throughput
}
