//! The order of policies, and that nothing is held after an attempt, without a simulation.

use super::*;
use crate::base::{BreakerIx, CallIx, SimDuration};
use crate::engine::runtime::policy::Refusal;
use crate::observation::PolicyState;
use crate::scenario::Scenario;

/// A node whose only call has these policies.
struct Caller {
    plan: Plan,
    chain: PolicyChain,
    notices: Vec<Notice>,
    stream: Stream,
}

const BREAKER: BreakerIx = BreakerIx(0);
const PROBE: Notice = Notice::Probe { breaker: BREAKER, returned: false };
const PROBE_RETURNED: Notice = Notice::Probe { breaker: BREAKER, returned: true };

fn ms(millis: u64) -> SimTime {
    SimTime::ZERO + SimDuration::from_millis(millis)
}

impl Caller {
    fn new(policies: &str) -> Caller {
        let text = format!(
            r#"{{ "schema": 1, "nodes": {{
                "web": {{ "kind": "client", "arrivals": {{ "constant": {{ "rate": 1 }} }},
                         "operation": [{{ "call": {{ "to": "app", {policies} }} }}] }},
                "app": {{ "kind": "service", "operations": {{ "default": [{{ "work": "1ms" }}] }} }} }} }}"#
        );
        let plan = Scenario::read(&text).and_then(|scenario| scenario.plan()).expect("a good scenario");
        let chain = PolicyChain::new(plan.clients[0].node, &plan);
        Caller { plan, chain, notices: Vec::new(), stream: Stream::new(1, "web", "retry") }
    }

    fn call(&self) -> &CallPlan {
        &self.plan.calls[CallIx(0).at()]
    }

    /// Begins a call and asks for its first attempt.
    fn first(&mut self, at: u64) -> (Ticket, Verdict<()>) {
        let policies = self.call().policies.clone().expect("it is guarded");
        let ticket = self.chain.begin(0, &policies, &self.plan, ms(at));
        (ticket, self.admit(&Attempt::first(ms(at), ticket)))
    }

    fn admit(&mut self, attempt: &Attempt) -> Verdict<()> {
        let policies = self.call().policies.clone().expect("it is guarded");
        self.chain.admit(&policies, &self.plan, attempt, &mut |notice| self.notices.push(notice))
    }

    fn go_on(&mut self, ticket: Ticket, at: u64) -> Verdict<()> {
        let policies = self.call().policies.clone().expect("it is guarded");
        let attempt = Attempt::first(ms(at), ticket);
        self.chain.go_on(&policies, &self.plan, &attempt, &mut |notice| self.notices.push(notice))
    }

    fn result(&mut self, ticket: Ticket, at: u64, failed: Option<Failure>) {
        let policies = self.call().policies.clone().expect("it is guarded");
        let ended = ended(self.call(), failed, ms(at));
        self.chain.result(ticket, &policies, &self.plan, &ended, &mut |notice| self.notices.push(notice));
    }

    fn release(&mut self, ticket: Ticket, at: u64) {
        let policies = self.call().policies.clone().expect("it is guarded");
        self.chain.release(ticket, &policies, &self.plan, ms(at), &mut |notice| self.notices.push(notice));
        self.chain.end(ticket, &policies, &self.plan, ms(at));
    }

    fn again(&mut self, ticket: Ticket, number: u32, failure: Failure, at: u64) -> Verdict<()> {
        let attempt = Attempt { number, failed: Some(failure), ..Attempt::first(ms(at), ticket) };
        let call = &self.plan.calls[0];
        self.chain.again(&mut Retry::default(), call, &self.plan, &attempt, &mut self.stream)
    }

    /// What its shared policies hold and have left, in the order of the plan: rate limit, bulkhead, budget.
    fn states(&self, at: u64) -> Vec<PolicyState> {
        let all = 0..self.plan.policies.len() as u32;
        all.map(|index| self.chain.shared.state(PolicyIx(index), &self.plan, ms(at))).collect()
    }

    fn tokens(&self, at: u64) -> f64 {
        let found = self.states(at).into_iter().find_map(|state| match state {
            PolicyState::RateLimit { tokens } => Some(tokens),
            _ => None,
        });
        found.expect("there is a rate limit")
    }

    fn bulkhead(&self) -> (u32, u32) {
        let found = self.states(0).into_iter().find_map(|state| match state {
            PolicyState::Bulkhead { inside, waiting } => Some((inside, waiting)),
            _ => None,
        });
        found.expect("there is a bulkhead")
    }

    fn set_breaker(&mut self, state: BreakerState, at: u64) {
        self.chain
            .shared
            .set_breaker(BREAKER, state, &self.plan, ms(at), &mut |notice| self.notices.push(notice));
    }
}

const GRANTED: Verdict<()> = Verdict::Granted(());

fn until(millis: u64) -> Verdict<()> {
    Verdict::WaitUntil(ms(millis))
}

const ALL: &str = r#""circuit_breaker": { "open_for": "1s", "half_open_calls": 1 },
    "rate_limit": { "rate": 1, "burst": 2 }, "bulkhead": { "max_concurrent": 1 }"#;

#[test]
fn an_attempt_asks_breaker_then_rate_limit_then_bulkhead() {
    let mut caller = Caller::new(ALL);
    caller.set_breaker(BreakerState::ForcedOpen, 0);
    assert_eq!(caller.first(0).1, Verdict::Refused(Refusal::BreakerOpen));
    assert_eq!((caller.tokens(0), caller.bulkhead()), (2.0, (0, 0)), "nobody after the breaker was asked");
    caller.set_breaker(BreakerState::Closed, 0);
    assert_eq!(caller.first(0).1, GRANTED);
    assert_eq!(caller.first(0).1, Verdict::Refused(Refusal::BulkheadFull));
    assert_eq!((caller.tokens(0), caller.bulkhead()), (0.0, (1, 0)), "the token was taken before");
    assert_eq!(
        caller.first(0).1,
        Verdict::Refused(Refusal::RateLimited),
        "before the bulkhead, full as it is"
    );
}

#[test]
fn what_the_caller_refuses_itself_returns_the_permit_unused() {
    let mut caller = Caller::new(ALL);
    let (holder, verdict) = caller.first(0);
    assert_eq!(verdict, GRANTED);
    // Half open: one probe at a time.
    caller.set_breaker(BreakerState::HalfOpen, 0);
    caller.notices.clear();
    let (refused, verdict) = caller.first(0);
    assert_eq!((verdict, &caller.notices[..]), (Verdict::Refused(Refusal::BulkheadFull), &[PROBE][..]));
    caller.release(refused, 0);
    assert_eq!(caller.notices, [PROBE, PROBE_RETURNED]);
    caller.release(holder, 0);
    assert_eq!(caller.first(1_000).1, GRANTED, "there is room for the probe again");
    assert_eq!(caller.first(1_000).1, Verdict::Refused(Refusal::BreakerOpen));
}

#[test]
fn an_attempt_that_waited_goes_on_with_the_next_policy() {
    let mut caller = Caller::new(
        r#""rate_limit": { "rate": 10, "burst": 1, "max_wait": "1s" },
           "bulkhead": { "max_concurrent": 1, "max_wait": "300ms" }"#,
    );
    let verdicts: Vec<_> = (0..4).map(|_| caller.first(0)).collect();
    let [(first, one), (second, two), (third, three), (fourth, four)] = verdicts[..] else { panic!("four") };
    assert_eq!(
        [one, two, three, four],
        [GRANTED, until(100), until(200), until(300)],
        "one token each 100 ms"
    );
    assert_eq!(caller.go_on(second, 100), until(400), "its token is there, a place is not");
    assert_eq!(caller.go_on(third, 200), until(500));
    assert_eq!((caller.bulkhead(), caller.tokens(200)), ((1, 2), 0.0));
    // The first is answered: the second may go on, by itself and not by the clock.
    caller.result(first, 250, None);
    let policies = caller.call().policies.clone().expect("it is guarded");
    assert_eq!(caller.chain.next(&policies, &caller.plan, ms(250)), Some(0));
    assert_eq!(caller.chain.next(&policies, &caller.plan, ms(250)), None);
    assert_eq!((caller.go_on(second, 250), caller.bulkhead()), (GRANTED, (1, 1)));
    // The third has waited for too long, the fourth goes away while it waits for its token.
    assert_eq!(caller.go_on(third, 500), Verdict::Refused(Refusal::BulkheadFull));
    caller.release(third, 500);
    caller.release(fourth, 500);
    assert_eq!(caller.bulkhead(), (1, 0));
}

#[test]
fn one_that_goes_away_while_it_waits_gives_up_its_turn() {
    let mut caller = Caller::new(r#""bulkhead": { "max_concurrent": 1, "max_wait": "1s" }"#);
    let (first, second, third) = (caller.first(0).0, caller.first(0).0, caller.first(0).0);
    assert_eq!(caller.bulkhead(), (1, 2));
    caller.release(second, 10);
    caller.result(first, 20, Some(Failure::Error));
    let policies = caller.call().policies.clone().expect("it is guarded");
    assert_eq!(caller.chain.next(&policies, &caller.plan, ms(20)), Some(0));
    assert_eq!((caller.go_on(third, 20), caller.bulkhead()), (GRANTED, (1, 0)));
    // Admitted and gone before it was sent.
    caller.release(third, 20);
    assert_eq!(caller.bulkhead(), (0, 0));
}

#[test]
fn a_retry_asks_the_retry_policy_then_the_budget_and_then_backs_off() {
    let mut caller = Caller::new(
        r#""retry": { "attempts": 2, "on": ["error"], "backoff": { "base": "50ms", "jitter": "full" },
                      "budget": { "ratio": 0, "min_concurrent": 1 } }"#,
    );
    let spent = |caller: &Caller| caller.states(0)[0] == PolicyState::RetryBudget { spent: true };
    let (first, second) = (caller.first(0).0, caller.first(0).0);
    for (number, failure) in [(2, Failure::Timeout), (3, Failure::Error)] {
        caller.result(first, 0, Some(failure));
        assert_eq!(caller.again(first, number, failure, 0), Verdict::Refused(Refusal::NotRetried));
        assert!(!spent(&caller), "the budget was not asked");
    }
    let mut untouched = caller.stream.clone();
    let wait = caller.again(first, 2, Failure::Error, 0);
    let drawn = SimDuration((untouched.unit() * 50e6).round() as u64);
    assert_eq!(wait, Verdict::WaitUntil(SimTime::ZERO + drawn));
    assert!(spent(&caller));
    caller.result(second, 0, Some(Failure::Error));
    assert_eq!(caller.again(second, 2, Failure::Error, 0), Verdict::Refused(Refusal::BudgetSpent));
    assert_eq!(caller.stream.unit(), untouched.unit(), "who is refused draws no backoff");
    // The retry is asked about, sent and answered; then another may be made.
    let retry = Attempt { number: 2, ..Attempt::first(ms(60), first) };
    assert_eq!(caller.admit(&retry), GRANTED);
    assert!(spent(&caller));
    caller.result(first, 70, None);
    assert!(!spent(&caller));
}

#[test]
fn a_retry_that_goes_away_in_its_backoff_is_given_back_to_the_budget() {
    let mut caller =
        Caller::new(r#""retry": { "attempts": 2, "budget": { "ratio": 0, "min_concurrent": 1 } }"#);
    for _ in 0..3 {
        let ticket = caller.first(0).0;
        caller.result(ticket, 0, Some(Failure::Error));
        assert_eq!(caller.again(ticket, 2, Failure::Error, 0), until(100));
        caller.release(ticket, 50);
    }
}

#[test]
fn the_time_of_a_retry_ends_with_the_request() {
    let mut caller = Caller::new(
        r#""retry": { "attempts": 3, "backoff": { "base": "100ms" } }, "hedge": { "after": "1ms" }"#,
    );
    let ticket = caller.first(0).0;
    let attempt = Attempt { number: 2, failed: Some(Failure::Error), ..Attempt::first(ms(10), ticket) };
    for (deadline, expected) in
        [(200, until(110)), (60, until(60)), (10, Verdict::Refused(Refusal::TimedOut))]
    {
        let attempt = Attempt { deadline: ms(deadline), ..attempt };
        let call = &caller.plan.calls[0];
        let verdict =
            caller.chain.again(&mut Retry::default(), call, &caller.plan, &attempt, &mut caller.stream);
        assert_eq!(verdict, expected, "{deadline}");
    }
}

#[test]
fn the_timeout_runs_from_the_sending_and_spans_the_hedges() {
    let mut caller = Caller::new(
        r#""timeout": "100ms", "hedge": { "after": "30ms", "max": 2 },
           "rate_limit": { "rate": 10, "burst": 1, "max_wait": "1s" }"#,
    );
    caller.first(0);
    let (ticket, verdict) = caller.first(0);
    assert_eq!(verdict, until(100));
    assert_eq!(caller.go_on(ticket, 100), GRANTED);
    let sent = Attempt::first(ms(100), ticket);
    assert_eq!(times_out(caller.call(), &sent), ms(200), "the wait for a token is not part of it");
    let hedge = *hedge_of(caller.call()).expect("it has one");
    let at = |millis| Attempt::first(ms(millis), ticket);
    assert_eq!(caller.chain.sent(&hedge, &sent, true), ms(130));
    assert_eq!(caller.chain.sent(&hedge, &at(130), false), ms(160));
    assert_eq!(caller.chain.sent(&hedge, &at(160), false), SimTime::NEVER);
    let out = [0; 3].map(|_| caller.chain.others_are_out(ticket));
    assert_eq!(out, [true, true, false], "the attempt fails with the last of its requests");
}

#[test]
fn a_fallback_covers_what_the_other_policies_refuse() {
    let caller = Caller::new(r#""bulkhead": {}, "fallback": [{ "work": "1ms" }]"#);
    let attempt = Attempt::first(ms(0), Ticket(0));
    assert_eq!(fallback(caller.call(), &attempt), caller.call().fallback);
    assert!(caller.call().fallback.is_some());
    assert_eq!(fallback(Caller::new(r#""bulkhead": {}"#).call(), &attempt), None);
}
