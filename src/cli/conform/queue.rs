//! Component `queue`: messages that are published, received, acknowledged, given back and lost patience with.

use cascade::base::SimDuration;
use cascade::engine::nodes::queue::{self, Acked, Change, DeliveryTag};
use cascade::observation::Discard;
use cascade::scenario::{LateAck, QueueRules};
use serde_json::{Map, Value, json};

use super::machine::Machine;
use super::value;

/// The engine's queue with the names of its messages and consumers, and where those went that it let go.
#[derive(Default)]
struct Queue {
    machine: queue::Machine<u32>,
    rules: QueueRules,
    dead_letter: bool,
    messages: Vec<String>,
    consumers: Vec<String>,
    expired: Vec<String>,
    dropped: Vec<String>,
    dead_lettered: Vec<String>,
    reasons: Map<String, Value>,
}

/// The engine's machine. A `dead_letter` is there or not; durations and counts may be zero here.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let number = |key| match config.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => value::count(config, key).map(|count| Some(count.min(u64::from(u32::MAX)) as u32)),
    };
    let duration = |key| match config.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(_) => value::duration(config, key).map(Some),
    };
    let rules = QueueRules {
        capacity: number("capacity")?,
        drops_oldest: match config.get("overflow").map(|overflow| overflow.as_str()) {
            None | Some(Some("reject")) => false,
            Some(Some("drop_oldest")) => true,
            _ => return Err("has an overflow that is neither \"reject\" nor \"drop_oldest\"".to_owned()),
        },
        max_deliveries: number("max_deliveries")?,
        ttl: duration("ttl")?,
        visibility_timeout: duration("visibility_timeout")?,
        late_ack: match config.get("late_ack").map(|late| late.as_str()) {
            None | Some(Some("ignored")) => LateAck::Ignored,
            Some(Some("accepted")) => LateAck::Accepted,
            _ => return Err("has a late_ack that is neither \"ignored\" nor \"accepted\"".to_owned()),
        },
    };
    let dead_letter =
        config.get("dead_letter").is_some_and(|there| there != &Value::Bool(false) && !there.is_null());
    let mut queue = Queue { rules, dead_letter, ..Queue::default() };
    Ok(Box::new(move |input| queue.step(input)))
}

impl Queue {
    fn step(&mut self, input: &Value) -> Result<Value, String> {
        let now = value::at(input)?;
        self.advance(now);
        let mut seen = Map::new();
        if input.get("publish").is_some() {
            let message = number(&mut self.messages, value::text(input, "publish")?);
            let taken = self.machine.publish(now, message, SimDuration::ZERO, &self.rules);
            seen.insert("confirmed".to_owned(), taken.is_some().into());
        } else if input.get("receive").is_some() {
            let consumer = number(&mut self.consumers, value::text(input, "receive")?);
            let received = self.machine.receive(now, consumer, &self.rules);
            let name = received.and_then(|received| self.machine.payload(received.tag.slot));
            seen.insert("received".to_owned(), json!(name.map(|name| &self.messages[name as usize])));
            seen.insert("redelivered".to_owned(), json!(received.map(|received| received.redelivered)));
        } else if input.get("ack").is_some() {
            let acked = match self.held(input, "ack")? {
                Some(tag) => self.machine.ack(tag, &self.rules),
                None => Acked::Unknown,
            };
            let counts = matches!(acked, Acked::InTime(_) | Acked::Late(Some(_)));
            seen.insert("acked".to_owned(), counts.into());
        } else if input.get("nack").is_some() {
            let requeue = input.get("requeue").and_then(Value::as_bool).unwrap_or(true);
            if let Some(tag) = self.held(input, "nack")? {
                self.machine.nack(tag, requeue, &self.rules);
            }
        } else if input.get("extend").is_some() {
            let to = value::duration(input, "to")?;
            if let Some(tag) = self.held(input, "extend")? {
                self.machine.extend(now, tag, to);
            }
        } else if input.get("close").is_some() {
            let consumer = number(&mut self.consumers, value::text(input, "close")?);
            self.machine.close(consumer, &self.rules);
        } else if input.as_object().is_none_or(|input| input.len() > 1) {
            // With an instant alone, time passes.
            return Err("has nothing that a queue understands".to_owned());
        }
        self.advance(now);
        self.show(&mut seen);
        Ok(Value::Object(seen))
    }

    /// The delivery by which the consumer `by` holds the message that is named under `key`, whether the queue still thinks
    /// so or not.
    fn held(&mut self, input: &Value, key: &str) -> Result<Option<DeliveryTag>, String> {
        let wanted = (value::text(input, key)?, value::text(input, "by")?);
        let named = |&(message, consumer, _): &(u32, u32, DeliveryTag)| {
            (&*self.messages[message as usize], &*self.consumers[consumer as usize]) == wanted
        };
        let held = self.machine.unacked_messages().chain(self.machine.lapsed_messages());
        Ok(held.into_iter().find(named).map(|(.., tag)| tag))
    }

    fn advance(&mut self, now: cascade::base::SimTime) {
        self.machine.advance(now, &self.rules);
        while let Some(change) = self.machine.next_change() {
            let Change::Gone { payload, reason } = change else { continue };
            let name = self.messages[payload as usize].clone();
            if self.dead_letter {
                self.reasons.insert(name.clone(), reason.key().into());
                self.dead_lettered.push(name);
            } else if reason == Discard::Expired {
                self.expired.push(name);
            } else {
                self.dropped.push(name);
            }
        }
    }

    fn show(&self, seen: &mut Map<String, Value>) {
        let name = |message: u32| &self.messages[message as usize];
        let unacked = self.machine.unacked_messages();
        let lists = [
            ("ready", json!(self.machine.ready_messages().map(name).collect::<Vec<_>>())),
            ("unacked", json!(unacked.map(|(message, ..)| name(message)).collect::<Vec<_>>())),
            ("expired", json!(self.expired)),
            ("dropped", json!(self.dropped)),
            ("dead_lettered", json!(self.dead_lettered)),
            ("reasons", json!(self.reasons)),
        ];
        seen.extend(lists.map(|(key, list)| (key.to_owned(), list)));
    }
}

/// The number of a name, new or not.
fn number(names: &mut Vec<String>, name: &str) -> u32 {
    let known = names.iter().position(|known| known == name);
    known.unwrap_or_else(|| {
        names.push(name.to_owned());
        names.len() - 1
    }) as u32
}
