//! The table itself: a block for each subject, a row for each metric.
//!
//! To count something new, add its name to what is folded, a row to what reports it, and the fold
//! (`docs/how-to/add-a-metric.md`). The options of a row are the methods of [`Metric`].

use serde::Serialize;

use super::metric::Part::{Max, Mean, P50, P95, P99, P999};
use super::metric::{Measured, Metric, Over, Subject, Value};
use super::parts::{Breaker, Failures, Health, Named, Partition, Replica, Scaling, Turn};
use super::values::{ToValue, per_second, share, taken, total};
use crate::base::{SimTime, Text};
use crate::observation::{BreakerState, Failure};
use crate::telemetry::latency::{Latency, Summary};
use crate::telemetry::level::{Level, Peak};

subject! {
    /// A client's requests.
    Client(ClientTally, ClientSums, ClientWindow): Client;
    counts: offered good late degraded;
    reasons: failed;
    times: latency;
    reports {
        /// Requests offered.
        offered: count(|m| m.offered).asked("offered").column("offered");
        /// Answers: good, late and degraded.
        answered: count(|m| m.latency);
        /// Answers without error within the deadline.
        good: count(|m| m.good).asked("goodput").column("good");
        /// Answers after the deadline.
        late: count(|m| m.late).asked("late").column("late");
        /// Answers in time by a fallback.
        degraded: count(|m| m.degraded).asked("degraded").column("degraded");
        /// Requests without an answer, by reason.
        failed: reasons(failed).asked("failed").column("failed");
        /// Requests that have not ended.
        in_flight: count(|m| m.offered.saturating_sub(m.latency + total(&m.failed))).column("in flight");
        /// Requests offered per simulated second.
        offered_per_s: rate(|m| m.offered).column("per s").after("offered");
        /// Good answers per simulated second.
        goodput_per_s: rate(|m| m.good).column("per s").after("good");
        /// From offer to answer.
        latency_ms: times(latency).columns("mean ms").swept(&[Mean, P50, P95, P99, P999, Max])
            .figure_of(P50, Text::new("metric.latency-p50")).chart("latency");
    }
    asks {
        "success": share(|m| (m.good.into(), (m.latency + total(&m.failed)).into()));
    }
}

subject! {
    /// A service's jobs and workers, all replicas together.
    Service(ServiceTally, ServiceSums, ServiceWindow): Service;
    counts: arrivals started completed failed rejected shed expired wasted;
    sums: waits;
    levels: busy blocked workers in_system;
    peaks: waiting replicas;
    times: waited;
    kept: reported: Vec<[u32; 3]>, scaling: Vec<Scaling>, several: Vec<Replica>;
    reports {
        /// Jobs that came, the refused included.
        arrivals: count(|m| m.arrivals).column("arrivals");
        /// Jobs that got a worker.
        started: count(|m| m.started).swept(&[]);
        /// Jobs that did all their steps.
        completed: count(|m| m.completed).asked("completed").column("completed")
            .figure(Text::new("metric.completed")).chart("answers");
        /// Jobs that failed or went down with their replica.
        failed: count(|m| m.failed).column("failed").figure(Text::new("metric.failed")).chart("answers");
        /// Jobs refused on arrival, for want of room or of a live replica.
        rejected: count(|m| m.rejected).column("rejected")
            .figure(Text::new("metric.refused")).if_any().chart("answers");
        /// Jobs dropped when a worker freed, because they had waited too long.
        shed: count(|m| m.shed).remark("shed").figure(Text::new("metric.shed")).if_any().chart("waiting");
        /// Of the failed: jobs whose deadline was past when they were to begin or to go on.
        expired: count(|m| m.expired).remark("expired").swept(&[]);
        /// Jobs that had begun and whose answer was of no use to anybody: its caller had stopped waiting, also while it
        /// was on its way back, or their deadline was past. The losers of a hedge are among them.
        wasted: count(|m| m.wasted).asked("wasted").column("wasted")
            .figure(Text::new("metric.done-for-nobody")).if_any().chart("answers");
        /// Share of the workers' time in which they were held, busy or blocked: 0 to 1. Those of crashed replicas are not there.
        utilization: share(|m| (m.busy + m.blocked, m.workers)).asked("utilization").column("utilization")
            .figure(Text::new("metric.utilization")).chart("workers");
        /// Mean number of workers computing.
        busy_mean: mean(busy).asked("busy").column("busy");
        /// Mean number of workers held while waiting for a downstream answer.
        blocked_mean: mean(blocked).asked("blocked").column("blocked");
        /// Mean number of jobs in the waiting room.
        queue_length_mean: mean(waiting).asked("waiting").column("waiting");
        /// Most jobs in the waiting rooms at once.
        queue_length_max: max(waiting).column("most");
        /// Mean number of jobs, waiting or begun.
        in_system_mean: mean(in_system).column("in system").swept(&[]);
        /// Mean number of replicas, crashed ones included.
        replicas_mean: mean(replicas).asked("replicas").figure(Text::new("metric.replicas-mean")).chart("replicas");
        /// Most replicas at once.
        replicas_max: max(replicas);
        /// Time in the waiting room, of everybody who left it: begun, shed, expired, or gone with a crash. Jobs that found
        /// a free worker waited for no time. Those that began are counted at their end.
        waiting_ms: times(waited).column("wait ms").swept(&[Mean, P99])
            .figure_of(Mean, Text::new("metric.time-waiting-mean")).chart("waiting");
        /// From arrival to completion, of completed jobs.
        response_ms: given(Summary).columns("mean ms").swept(&[Mean, P99])
            .figure_of(P99, Text::new("metric.response-p99")).chart("latency");
        /// Its operations by name.
        operations: given(Named<Operation>).swept(&[]);
        /// The first thousand changes of its number of replicas.
        scaling: kept(scaling: Vec<Scaling>).swept(&[]);
        /// Its replicas, at most 1,000, by their numbers; left out where there was never more than one. A service that
        /// began with one counts here from when it got another.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        per_replica: given(Vec<Replica>).swept(&[]);
    }
    asks {
        "workers": mean(workers);
        "refused": count(|m| m.rejected + m.shed);
        "wait": time(|m| (m.waits, m.started.into()));
    }
}

subject! {
    /// An operation's jobs.
    Operation(OperationTally, OperationSums, OperationWindow): Operation;
    counts: failed;
    times: response;
    reports {
        /// Jobs that did all their steps.
        completed: count(|m| m.response).column("completed");
        /// Jobs that failed or went down with their replica.
        failed: count(|m| m.failed).column("failed");
        /// From arrival to completion, of completed jobs.
        response_ms: times(response).columns("mean ms");
    }
}

subject! {
    /// The calls between two nodes for one operation.
    Call(CallTally, CallSums, CallWindow): Call;
    counts: calls attempted retries hedges stopped;
    times: latency;
    kept: not_permitted: u64, failed: Failures;
    reports {
        /// Id of the caller.
        from: given(String).swept(&[]);
        /// Id of the callee.
        to: given(String).swept(&[]);
        /// The operation called.
        operation: given(String).swept(&[]);
        /// Calls begun.
        calls: count(|m| m.calls).asked("calls").column("calls").figure(Text::new("metric.calls")).chart("answers");
        /// Requests sent: first attempts, retries and hedges.
        attempts: count(|m| m.attempted + m.hedges).column("attempts")
            .figure(Text::new("metric.tries")).chart("answers");
        /// Attempts sent after the first.
        retries: count(|m| m.retries).asked("retries").column("retries")
            .figure(Text::new("metric.retries")).if_any().chart("answers");
        /// Requests sent while an attempt's first request was out.
        hedges: count(|m| m.hedges).asked("hedges").remark("hedges").swept(&[]);
        /// Calls answered in the end.
        ok: count(|m| m.latency).column("ok").figure(Text::new("metric.answered")).chart("answers");
        /// Calls that failed in the end, by the reason of their last attempt.
        failed: kept(failed: Failures).column("failed").figure(Text::new("metric.calls-failed")).chart("answers");
        /// From the call's beginning to its answer, of answered calls.
        latency_ms: times(latency).columns("mean ms").swept(&[])
            .figure_of(P99, Text::new("metric.call-p99")).chart("latency");
        /// The circuit breaker that these calls ask; null where they ask none.
        breaker: given(Option<Breaker>).swept(&[]);
        /// What these calls know of the health of replicas; left out where they do not look.
        #[serde(skip_serializing_if = "Option::is_none")]
        health: given(Option<Health>).swept(&[]);
    }
    asks {
        "attempts": count(|m| m.attempted);
        "stopped": count(|m| m.stopped);
    }
}

subject! {
    /// A queue's messages.
    Queue(QueueTally, QueueSums, QueueWindow): Queue;
    counts: published rejected retried stored_again dropped delivered redelivered acked late_acks rejected_by_consumers expired dead_lettered;
    levels: ready unacked;
    peaks: depth;
    times: age;
    reports {
        /// Messages taken.
        published: count(|m| m.published).asked("published").column("published")
            .figure(Text::new("metric.published")).chart("waiting");
        /// Messages refused.
        rejected: count(|m| m.rejected).asked("refused").column("rejected")
            .figure(Text::new("metric.refused")).if_any().chart("answers");
        /// Messages that their publishers sent again, because no confirm came in time or it was a no.
        retried: count(|m| m.retried).asked("retried").remark("sent again")
            .figure(Text::new("metric.sent-again")).if_any();
        /// Messages of these that it had taken before: it keeps them twice. They count as published.
        stored_again: count(|m| m.stored_again).asked("stored_again").remark("kept twice")
            .figure(Text::new("metric.kept-twice")).if_any();
        /// Messages dropped, and neither expired nor dead-lettered: by a full queue, after too many deliveries or
        /// refused for good (late replies), where there is no dead-letter queue; and those that would go round in a
        /// cycle.
        dropped: count(|m| m.dropped).asked("dropped").column("dropped").after("acked")
            .figure(Text::new("metric.dropped")).if_any();
        /// Deliveries, repeated ones included.
        delivered: count(|m| m.delivered).asked("delivered").column("delivered").figure(Text::new("metric.delivered"));
        /// Repeated deliveries.
        redelivered: count(|m| m.redelivered).asked("redelivered").column("redelivered")
            .figure(Text::new("metric.redelivered")).if_any();
        /// Messages acknowledged.
        acked: count(|m| m.acked).asked("acked").column("acked").figure(Text::new("metric.acknowledged"));
        /// Acknowledgements that came after the visibility timeout, whether they counted or not.
        late_acks: count(|m| m.late_acks).remark("late acks").figure(Text::new("metric.late-acks")).if_any();
        /// Messages that a consumer rejected without requeueing: each is dead-lettered or dropped, and counts there too.
        rejected_by_consumers: count(|m| m.rejected_by_consumers).asked("rejected_by_consumers")
            .remark("rejected by consumers").figure(Text::new("metric.rejected-by-consumers")).if_any();
        /// Messages whose time to live ran out, and that were not dead-lettered.
        expired: count(|m| m.expired).asked("expired").column("expired").figure(Text::new("metric.expired")).if_any();
        /// Messages moved to a dead-letter queue.
        dead_lettered: count(|m| m.dead_lettered).asked("dead_lettered").column("dead")
            .figure(Text::new("metric.dead-lettered")).if_any();
        /// Messages ready for a consumer at the end.
        ready: now(ready).column("ready");
        /// Messages delivered and not yet acknowledged at the end.
        unacked: now(unacked).column("unacked");
        /// Mean depth: ready messages, those whose delivery latency is not over included, and unacknowledged ones.
        depth_mean: mean(depth).column("depth");
        /// Greatest depth.
        depth_max: max(depth).column("most");
        /// From when the queue took a message to when it hands it over, at every delivery.
        age_ms: times(age).columns("mean ms").swept(&[Mean, P99]);
    }
    asks {
        "depth": mean(ready);
        "unacked": mean(unacked);
    }
}

subject! {
    /// An exchange's messages.
    Exchange(ExchangeTally, ExchangeSums, ExchangeWindow): Exchange;
    counts: published retried routed unroutable;
    reports {
        /// Messages that came, those from other exchanges included.
        published: count(|m| m.published).asked("published").column("published").figure(Text::new("metric.published"));
        /// Messages that their publishers sent again, because no confirm came in time or it was a no.
        retried: count(|m| m.retried).asked("retried").remark("sent again")
            .figure(Text::new("metric.sent-again")).if_any();
        /// Copies sent on to queues and exchanges (what RabbitMQ calls `publish_out`).
        routed: count(|m| m.routed).asked("routed").column("routed").figure(Text::new("metric.copies-sent"));
        /// Messages that no binding matched, and that were dropped therefore.
        unroutable: count(|m| m.unroutable).asked("unroutable").column("unroutable")
            .figure(Text::new("metric.unroutable"));
    }
}

subject! {
    /// A log's records and groups.
    Log(LogTally, LogSums, LogWindow): Log;
    counts: appended refused retried recognized stored_again lost leader_changes delivered duplicates given_up dead_lettered;
    reports {
        /// Records appended.
        appended: count(|m| m.appended).asked("appended").column("appended").figure(Text::new("metric.records"));
        /// Records refused: no leader, or too few replicas in sync.
        refused: count(|m| m.refused).asked("refused").column("refused")
            .figure(Text::new("metric.refused")).if_any().chart("answers");
        /// Records that their producers sent again, because no confirm came in time or it was a no.
        retried: count(|m| m.retried).asked("retried").remark("sent again")
            .figure(Text::new("metric.sent-again")).if_any();
        /// Copies of these that were dropped, because the log had the record already and the producer is idempotent.
        recognized: count(|m| m.recognized).asked("recognized").remark("copies dropped")
            .figure(Text::new("metric.copies-dropped")).if_any();
        /// Records of these that were appended again: the log has them twice.
        stored_again: count(|m| m.stored_again).asked("stored_again").remark("kept twice")
            .figure(Text::new("metric.kept-twice")).if_any();
        /// Records that went with a leader because the next one did not have them, and with `acks` 0 those sent to nobody.
        lost: count(|m| m.lost).asked("lost").column("lost").figure(Text::new("metric.lost")).if_any();
        /// How often another broker became a partition's leader.
        leader_changes: count(|m| m.leader_changes).asked("elections").column("leader changes")
            .figure(Text::new("metric.leader-changes")).if_any();
        /// How long ago the oldest record was appended that some group has not committed, in milliseconds, at the end; 0
        /// where everything is committed. Beside it each partition says it of each group, as it does the lag in records.
        lag_ms: given(f64).remark("ms behind").figure(Text::new("metric.time-lag")).if_any().chart("time-lag");
        /// The greatest that it has been.
        lag_max_ms: given(f64).remark("ms behind at most")
            .figure(Text::new("metric.time-lag-max")).if_any().chart("time-lag");
        /// Its partitions, at the end.
        partitions: given(Vec<Partition>).swept(&[]);
        /// How often each group shared the partitions anew, its first time left out.
        rebalances: given(Named<u64>).swept(&[]);
        /// Records that retention dropped before the group had read them.
        skipped: given(Named<u64>).swept(&[]);
        /// Records that workers took up, all groups together.
        delivered: count(|m| m.delivered).column("delivered").figure(Text::new("metric.delivered"));
        /// Records of these that the same group had taken up before.
        duplicates: count(|m| m.duplicates).column("duplicates").figure(Text::new("metric.redelivered")).if_any();
        /// Records that a member gave up, because they had failed too often or it rejects what fails.
        given_up: count(|m| m.given_up).asked("given_up").remark("given up")
            .figure(Text::new("metric.given-up")).if_any();
        /// Of these: written to a dead-letter queue or log. The others were skipped.
        dead_lettered: count(|m| m.dead_lettered).asked("dead_lettered").remark("dead-lettered")
            .figure(Text::new("metric.dead-lettered")).if_any();
    }
}

subject! {
    /// A consumer group of a log. The result says of it what a [`Log`] does.
    Group(GroupTally, GroupSums, GroupWindow): Group;
    counts: taken duplicates skipped rebalances given_up;
    asks {
        "taken": count(|m| m.taken);
        "duplicates": count(|m| m.duplicates);
        "skipped": count(|m| m.skipped);
        "rebalances": count(|m| m.rebalances);
        "given_up": count(|m| m.given_up);
    }
}

subject! {
    /// A store's accesses.
    Store(StoreTally, StoreSums, StoreWindow): Store;
    counts: reads writes applied duplicates ignored lost found;
    sums: versions behind;
    levels: busy connections;
    times: staleness;
    reports {
        /// Reads done.
        reads: count(|m| m.reads).asked("reads").column("reads").figure(Text::new("metric.reads"));
        /// Writes and projections done, those without effect included.
        writes: count(|m| m.writes).column("writes").after("versions").figure(Text::new("metric.writes"));
        /// Reads whose version was behind.
        stale_reads: count(|m| m.staleness).column("stale").figure(Text::new("metric.stale-reads")).chart("staleness");
        /// Versions that a stale read was behind, on average.
        staleness_versions_mean: each(|m| (m.versions, m.staleness.into())).column("versions");
        /// How long before the end of a stale read the first write was that it misses.
        staleness_ms: times(staleness).columns("stale for: mean ms").after("utilization").swept(&[P99])
            .figure_of(P99, Text::new("metric.staleness-p99")).if_any().chart("staleness");
        /// Effects that a message had again.
        duplicate_effects: count(|m| m.duplicates).asked("duplicates").column("duplicates")
            .figure(Text::new("metric.duplicate-effects")).if_any();
        /// Effects that a message would have had again, had the store not been `unique`.
        ignored_effects: count(|m| m.ignored).remark("ignored").figure(Text::new("metric.ignored-effects")).if_any();
        /// Updates lost: overwritten unseen, told or done by halves, or skipped by this read model.
        lost_updates: count(|m| m.lost.saturating_sub(m.found)).asked("lost_updates").column("lost")
            .figure(Text::new("metric.lost-updates")).if_any();
        /// Share of connections in use.
        utilization: share(|m| (m.busy, m.connections)).column("utilization");
    }
    asks {
        "stale": share(|m| (m.staleness.into(), m.reads.into()));
        "staleness": time(|m| (m.behind, m.reads.into()));
        "versions_behind": each(|m| (m.versions, m.reads.into()));
        "writes": count(|m| m.applied);
    }
}

subject! {
    /// A circuit breaker's changes. The result says of them what a [`Breaker`] does.
    BreakerChanges(BreakerTally, BreakerSums, BreakerWindow): Breaker;
    counts: opened closed half_opened;
    kept: state: BreakerState, changes: Vec<Turn>;
}

subject! {
    /// Sagas.
    Saga(SagaTally, SagaSums, SagaWindow): Saga;
    counts: started completed compensated stuck;
    reports {
        /// Begun. Those that go on are begun and nothing else yet.
        started: count(|m| m.started).asked("started").column("started");
        /// All of it done.
        completed: count(|m| m.completed).asked("completed").column("completed");
        /// Undone after a failure.
        compensated: count(|m| m.compensated).asked("compensated").column("compensated");
        /// Half done for ever: an undo failed, or the operation was lost.
        stuck: count(|m| m.stuck).asked("stuck").column("stuck");
    }
}

subject! {
    /// A window step.
    WindowStep(WindowStepTally, WindowStepSums, WindowStepWindow): WindowStep;
    counts: records late windows results;
    reports {
        /// Records that came.
        records: count(|m| m.records).asked("records").column("records");
        /// Of them, after their window had closed: counted nowhere.
        late: count(|m| m.late).asked("late_records").column("late");
        /// Windows closed.
        windows: count(|m| m.windows).column("closed");
        /// Results given: one per group of a closed window.
        results: count(|m| m.results).column("results");
    }
}

subject! {
    /// What became of every message since the very start; created is the sum of the rest.
    Ledger(LedgerTally, LedgerSums, LedgerWindow): Ledger;
    counts: created consumed refused dead_lettered expired dropped lost removed;
    reports {
        /// Messages that came into being.
        created: count(|m| m.created).asked("created");
        /// Handled, refused with an answer by a service, or acknowledged.
        consumed: count(|m| m.consumed).asked("consumed");
        /// Refused by a broker when they were published.
        refused: count(|m| m.refused).asked("refused");
        /// Moved to a dead-letter queue.
        dead_lettered: count(|m| m.dead_lettered).asked("dead_lettered");
        /// Expired.
        expired: count(|m| m.expired).asked("expired");
        /// Dropped: by a full queue, after a rejection or too many deliveries where there is no dead-letter queue, as
        /// unroutable, by a log that keeps only so many records, or as a copy of a record that it has already.
        dropped: count(|m| m.dropped).asked("dropped");
        /// Lost on a link or with a crashed replica.
        lost: count(|m| m.lost).asked("lost");
        /// Lost with their node, or on the way there, when that was taken out of the running system. Left out where none
        /// was.
        #[serde(skip_serializing_if = "is_zero")]
        removed: count(|m| m.removed).asked("removed");
        /// Alive at the end.
        in_flight: given(u64);
    }
}

/// Whether there is nothing to tell.
fn is_zero(count: &u64) -> bool {
    *count == 0
}
