//! How a log takes a record in: which partition it goes to, whether it is refused, and whether it is there already.

use super::partition::Record;
use super::{Log, confirm, settled};
use crate::base::{PublishIx, murmur2_of_number};
use crate::engine::kernel::request_context::RequestContext;
use crate::engine::kernel::slab::Slot;
use crate::engine::kernel::wake::WakeToken;
use crate::engine::runtime::context::Context;
use crate::observation::{Fate, LogFact, Observer};
use crate::scenario::{Acks, PublishPlan};

impl Log {
    /// A record arrived, perhaps as one of several copies.
    pub(super) fn publish<O: Observer>(
        &mut self,
        publish: PublishIx,
        waits: Option<WakeToken>,
        publication: Option<Slot>,
        context: RequestContext,
        cx: &mut Context<O>,
    ) {
        let step = &cx.plan.publishes[publish.at()];
        let Some(publication) = publication else {
            let partition = self.choose(step, &context);
            self.take(partition, publish, waits, None, context, cx);
            return;
        };
        // All copies go where the first one went.
        let known = cx.publications.partition(publication);
        let partition = known.unwrap_or_else(|| self.choose(step, &context));
        cx.publications.goes_to(publication, partition);
        self.take(partition, publish, waits, Some(publication), context, cx);
        cx.publications.landed(publication);
    }

    fn take<O: Observer>(
        &mut self,
        partition: u32,
        publish: PublishIx,
        waits: Option<WakeToken>,
        publication: Option<Slot>,
        context: RequestContext,
        cx: &mut Context<O>,
    ) {
        let step = &cx.plan.publishes[publish.at()];
        let rules = cx.plan.logs[self.index.at()].rules;
        let part = &mut self.partitions[partition as usize];
        if part.leader().is_none() && rules.acks == Acks::None {
            // Nobody is there to take it, and nobody will ever ask.
            let end = part.end;
            settled(1, Fate::Lost, cx);
            return self.fact(LogFact::Lost { partition, count: 1, end }, cx);
        }
        if part.leader().is_none() || (rules.acks == Acks::All && part.in_sync() < rules.min_in_sync) {
            settled(1, Fate::Refused, cx);
            confirm(publish, waits, false, context, cx);
            return self.fact(LogFact::Refused { partition }, cx);
        }
        let idempotent = rules.acks == Acks::All && step.guard.as_ref().is_some_and(|guard| guard.idempotent);
        if let Some(publication) = publication
            && idempotent
            && cx.publications.is_held(publication, self.address.node())
        {
            return self.recognize(partition, publish, waits, publication, context, cx);
        }
        let offset = part.append(Record { context, at: cx.now });
        if rules.acks == Acks::All && !part.alone() {
            part.expect(publish, waits, publication, step.producer, context);
            if let Some(publication) = publication {
                cx.publications.pends(publication);
            }
        } else {
            confirm(publish, waits, true, context, cx);
        }
        self.fact(LogFact::Appended { partition, offset }, cx);
        if let Some(publication) = publication
            && cx.publications.hold(publication, self.address.node())
        {
            self.fact(LogFact::StoredAgain { partition }, cx);
        }
        self.moved(partition, cx);
    }

    /// The record is there already: the copy is dropped. Its producer hears of it as soon as the record is safe.
    fn recognize<O: Observer>(
        &mut self,
        partition: u32,
        publish: PublishIx,
        waits: Option<WakeToken>,
        publication: Slot,
        context: RequestContext,
        cx: &mut Context<O>,
    ) {
        settled(1, Fate::Dropped, cx);
        match self.partitions[partition as usize].pending(publication) {
            Some(pending) => pending.confirm = waits,
            None => confirm(publish, waits, true, context, cx),
        }
        self.fact(LogFact::Recognized { partition }, cx);
    }

    /// The step's key, else the request's, says where a record goes.
    fn choose(&mut self, step: &PublishPlan, context: &RequestContext) -> u32 {
        let hash = step.key.or_else(|| context.keyed.then(|| murmur2_of_number(context.key)));
        let Log { partitions, partitioner, .. } = self;
        let led = |partition: u32| partitions[partition as usize].leader().is_some();
        partitioner.choose(step.producer, hash, partitions.len() as u32, led)
    }
}
