//! What happens to the run as a whole: faults, and what callers know of services.

use crate::base::{HealthIx, ServiceIx};
use crate::engine::kernel::event::{CheckAnswered, Event, Fields, Global, Lost, global};

/// An event that is for no node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SimulationEvent {
    /// A message is where its link loses it.
    Lost(Lost),
    /// The callers of a service look which replicas there are.
    Refresh(ServiceIx),
    /// An interval of a caller's outlier detection ends.
    OutlierInterval(HealthIx),
    /// A caller checks the replicas of a service.
    Checks(HealthIx),
    /// The answer to a check reaches the caller.
    CheckAnswered(CheckAnswered),
    /// Checks of this round that are not answered have failed.
    ChecksTimeOut {
        /// Whose.
        health: HealthIx,
        /// Number of the round.
        round: u32,
    },
    /// A fault sets in: its number.
    FaultBegins(u32),
    /// A fault ends: its number.
    FaultEnds(u32),
}

impl Global for SimulationEvent {}

const REFRESH: u8 = global(1);
const FAULT_BEGINS: u8 = global(2);
const FAULT_ENDS: u8 = global(3);
const OUTLIER_INTERVAL: u8 = global(4);
const CHECKS: u8 = global(6);
const CHECKS_TIME_OUT: u8 = global(7);

impl Event for SimulationEvent {
    fn pack(self) -> Fields {
        match self {
            SimulationEvent::Lost(event) => event.pack(),
            SimulationEvent::Refresh(service) => Fields::one(REFRESH, service.0),
            SimulationEvent::OutlierInterval(health) => Fields::one(OUTLIER_INTERVAL, health.0),
            SimulationEvent::Checks(health) => Fields::one(CHECKS, health.0),
            SimulationEvent::CheckAnswered(event) => event.pack(),
            SimulationEvent::ChecksTimeOut { health, round } => Fields::two(CHECKS_TIME_OUT, health.0, round),
            SimulationEvent::FaultBegins(fault) => Fields::one(FAULT_BEGINS, fault),
            SimulationEvent::FaultEnds(fault) => Fields::one(FAULT_ENDS, fault),
        }
    }

    fn unpack(fields: Fields) -> SimulationEvent {
        match fields.code {
            Lost::CODE => SimulationEvent::Lost(Lost::unpack(fields)),
            REFRESH => SimulationEvent::Refresh(ServiceIx(fields.one)),
            OUTLIER_INTERVAL => SimulationEvent::OutlierInterval(HealthIx(fields.one)),
            CHECKS => SimulationEvent::Checks(HealthIx(fields.one)),
            CheckAnswered::CODE => SimulationEvent::CheckAnswered(CheckAnswered::unpack(fields)),
            CHECKS_TIME_OUT => {
                SimulationEvent::ChecksTimeOut { health: HealthIx(fields.one), round: fields.two }
            }
            FAULT_BEGINS => SimulationEvent::FaultBegins(fields.one),
            FAULT_ENDS => SimulationEvent::FaultEnds(fields.one),
            _ => fields.unknown(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::kernel::event::{Check, PackedEvent};

    #[test]
    fn what_is_packed_is_what_is_opened() {
        let events = [
            SimulationEvent::Lost(Lost(u32::MAX)),
            SimulationEvent::Refresh(ServiceIx(9)),
            SimulationEvent::FaultBegins(u32::MAX),
            SimulationEvent::FaultEnds(1),
            SimulationEvent::OutlierInterval(HealthIx(9)),
            SimulationEvent::Checks(HealthIx(9)),
            SimulationEvent::CheckAnswered(CheckAnswered {
                check: Check { health: HealthIx(1), replica: 999, round: 3 },
                passed: true,
            }),
            SimulationEvent::ChecksTimeOut { health: HealthIx(1), round: u32::MAX },
        ];
        for event in events {
            let packed = PackedEvent::global(event);
            assert_eq!((packed.is_global(), packed.wait(), packed.open()), (true, None, event));
        }
    }
}
