//! Words on what queueing theory says of a service.

table! {
/// After the name of a textbook queue: the label of its line.
pub const PREDICTS: &str = " predicts";
/// Before a number of workers.
pub const MARKOV: &str = "M/M/";
/// Before a number of workers: the work is always the same.
pub const FIXED: &str = "M/D/";
/// Before a number of workers: the work is anything else.
pub const GENERAL: &str = "M/G/";
/// One worker with exponential work.
pub const ONE: &str = ": Wq = ρ / (µ − λ) = ";
/// One worker with any work.
pub const POLLACZEK: &str = ", Pollaczek–Khinchine: Wq = ρ (1 + cv²) / (2 (µ − λ)) = ";
/// Many workers with exponential work.
pub const ERLANG: &str = ", Erlang C: Wq = C(c, a) / (cµ − λ) = ";
/// Many workers with any work.
pub const ALLEN: &str = ", Allen–Cunneen (an approximation): Wq ≈ C(c, a) / (cµ − λ) · (1 + cv²) / 2 = ";
/// Before the mean number in the waiting room.
pub const WAITING: &str = "; Lq = λ Wq = ";
/// Before the reason why nothing is predicted.
pub const NONE: &str = "No textbook queue: ";
/// Why not.
pub const FAULTY: &str = "a fault is active.";
/// Why not.
pub const NOT_POISSON: &str = "requests do not come by chance at one constant rate (Poisson).";
/// Why not.
pub const CALLERS: &str = "not all of its requests come straight from clients.";
/// Why not.
pub const AGAIN: &str = "its callers try again, so that what comes depends on how it fares.";
/// Why not.
pub const GUARDED: &str = "a policy stands before it and lets not every request in.";
/// Why not.
pub const LOSSY: &str = "requests get lost on their way.";
/// Why not.
pub const REPLICAS: &str = "its replicas change, or are not picked at random.";
/// Why not.
pub const NOT_WORK: &str = "its operation does more than work.";
/// Why not.
pub const SHARING: &str = "its workers are shared among all jobs.";
/// Why not.
pub const OVERLOADED: &str = "more comes than it can do: the line only grows.";
/// Why not.
pub const BOUNDED: &str = "its waiting room is too small for the line.";
}
