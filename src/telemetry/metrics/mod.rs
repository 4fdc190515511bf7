//! The one table of metrics: what is measured, of what, and where each metric is reported.
//!
//! A row of [`table`] says all of it: the key in the result, how the value comes from what was folded, the name in
//! conditions, the column of the text output, the label in the inspector, the chart that explains it, whether a sweep
//! prints it. The result, the text output, sweeps, conditions and the inspector read the table. What is left to write by
//! hand for a new metric is the fold, from observations to counters and levels (`telemetry::statistics`).

mod metric;
mod parts;
#[macro_use]
mod subject;
mod table;

pub use metric::{Cell, Column, Figure, Measured, Metric, Over, Part, Subject, Value};
pub use parts::{Breaker, Failures, Named, Partition, Progress, Transition};
pub use table::{
    BreakerChanges, BreakerSums, BreakerTally, BreakerWindow, Call, CallSums, CallTally, CallWindow, Client,
    ClientSums, ClientTally, ClientWindow, Exchange, ExchangeSums, ExchangeTally, ExchangeWindow, Group,
    GroupSums, GroupTally, GroupWindow, Ledger, LedgerSums, LedgerTally, LedgerWindow, Log, LogSums,
    LogTally, LogWindow, Operation, OperationSums, OperationTally, OperationWindow, Queue, QueueSums,
    QueueTally, QueueWindow, Saga, SagaSums, SagaTally, SagaWindow, Service, ServiceSums, ServiceTally,
    ServiceWindow, Store, StoreSums, StoreTally, StoreWindow, WindowStep, WindowStepSums, WindowStepTally,
    WindowStepWindow,
};
