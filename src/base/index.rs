//! Typed indices: a node is never mistaken for a link.

macro_rules! index {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The place in the table that this index belongs to.
            #[inline]
            pub fn at(self) -> usize {
                self.0 as usize
            }
        }
    )*};
}

index! {
    /// A node of the plan, of any kind.
    NodeIx;
    /// A client, counted among clients alone.
    ClientIx;
    /// A service, counted among services alone.
    ServiceIx;
    /// A queue, counted among queues alone.
    QueueIx;
    /// An exchange, counted among exchanges alone.
    ExchangeIx;
    /// A log, counted among logs alone.
    LogIx;
    /// A directed link between two nodes.
    LinkIx;
    /// A named operation of one service.
    OpIx;
    /// A call step, as written in one place of one operation.
    CallIx;
    /// A (caller, callee, operation) triple, under which call sites are counted together.
    EdgeIx;
    /// A publish step, as written in one place of one operation.
    PublishIx;
    /// One copy that an exchange makes of the messages of one publish step.
    RouteIx;
    /// A circuit breaker, shared by the calls that ask it.
    BreakerIx;
    /// A policy that the calls between two nodes for one operation share: rate limit, bulkhead or retry budget.
    PolicyIx;
    /// What one caller keeps of the health of a service's replicas.
    HealthIx;
    /// An ask step, as written in one place of one operation.
    AskIx;
    /// A store, counted among stores alone.
    StoreIx;
    /// A step that uses a store, as written in one place of one operation.
    AccessIx;
    /// A saga step, as written in one place of one operation.
    SagaIx;
    /// A window step, as written in one place of one operation.
    WindowIx;
    /// A distribution of the plan.
    DistIx;
    /// An instruction: the program counter of a running operation.
    Pc;
}
