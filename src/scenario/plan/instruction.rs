//! Instructions: what an operation does, one after the other.

use crate::base::{AccessIx, AskIx, CallIx, DistIx, Pc, PublishIx, SagaIx, WindowIx};

/// One instruction of an operation. Execution goes on with the next one unless said otherwise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Instruction {
    /// Hold a worker and compute.
    Work(DistIx),
    /// Wait without computing.
    Sleep(DistIx),
    /// Call and wait for the answer; on success go on at the call's `next`, on failure at its `fallback`
    /// (which then counts as degraded), without one fail.
    Call(CallIx),
    /// Run `count` branches from `plan.branches[first..]` in parallel; go on at `next` when all have joined,
    /// fail as soon as one fails.
    Fork {
        /// First branch.
        first: u32,
        /// How many, at least 1.
        count: u32,
        /// Where to go on.
        next: Pc,
    },
    /// The end of a branch.
    Join,
    /// Send a message to a queue or an exchange.
    Publish(PublishIx),
    /// Send a request over a queue and wait for the reply; fail at the timeout.
    Ask(AskIx),
    /// Answer the caller now and carry on.
    Respond,
    /// End with an error, with this probability.
    Fail(f64),
    /// Go on at one of `plan.arms[first..first + count]`.
    Choose {
        /// First arm.
        first: u32,
        /// How many, at least 1.
        count: u32,
    },
    /// A repeat begins; its [`Turn`](Instruction::Turn) follows.
    Repeat {
        /// How many repeats its steps contain within each other.
        level: u8,
        /// How many turns, at most 1,000.
        turns: u16,
    },
    /// The same, with a number of turns from a geometric distribution.
    RepeatGeometric {
        /// How many repeats its steps contain within each other.
        level: u8,
        /// The mean number of turns.
        mean: f64,
    },
    /// Go on with the next turn of a repeat, which follows and comes back here; without one go on at `next`.
    Turn {
        /// Which of the repeats around it.
        level: u8,
        /// Where to go on: past the steps that are repeated.
        next: Pc,
    },
    /// Use a store and wait for its word; on failure fail.
    Access(AccessIx),
    /// A saga begins: the first `do` follows.
    SagaBegins(SagaIx),
    /// All of a saga is done; go on at `next`.
    SagaEnds {
        /// Which.
        saga: SagaIx,
        /// Where to go on: past the undoing.
        next: Pc,
    },
    /// All that a saga had done is undone: fail with what made it fail.
    SagaUndone(SagaIx),
    /// A record for a window.
    Window(WindowIx),
    /// Go on there.
    Goto(Pc),
    /// The end of an operation.
    End,
}
