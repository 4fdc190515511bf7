//! Component `bulkhead`: who comes in, who waits, who gives up.

use cascade::engine::runtime::policy::bulkhead::Bulkhead;
use cascade::engine::runtime::policy::{Attempt, Policy, Ticket, Verdict};
use cascade::scenario::{BulkheadPlan, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's bulkhead under a configuration of a `bulkhead`.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let plan: BulkheadPlan = read_part(&value::json(config)?).map_err(value::phrase)?;
    let mut bulkhead = Bulkhead::default();
    // Everybody who ever came, by number; and the numbers of those inside.
    let (mut names, mut inside) = (Vec::<String>::new(), Vec::<Ticket>::new());
    Ok(Box::new(move |input| {
        let now = value::at(input)?;
        let mut gave_up = Vec::new();
        while let Some(who) = bulkhead.give_up(now) {
            gave_up.push(names[who.0 as usize].clone());
        }
        let mut admitted = Vec::new();
        let mut verdict = None;
        if input.get("enter").is_some() {
            let who = Ticket(names.len() as u32);
            names.push(value::text(input, "enter")?.to_owned());
            verdict = Some(bulkhead.admit(&plan, &Attempt::first(now, who)));
            if verdict == Some(Verdict::Granted(())) {
                inside.push(who);
            }
        } else {
            let name = value::text(input, "leave")?;
            match inside.iter().position(|&who| names[who.0 as usize] == name) {
                Some(at) => {
                    inside.remove(at);
                    bulkhead.release(&plan, (), now);
                }
                // Who only waits leaves by waiting no more.
                None => {
                    for (who, _) in names.iter().enumerate().filter(|(_, other)| *other == name) {
                        bulkhead.withdraw(Ticket(who as u32));
                    }
                }
            }
            while let Some((who, ())) = bulkhead.next(&plan, now) {
                inside.push(who);
                admitted.push(names[who.0 as usize].clone());
            }
        }
        Ok(json!({
            "permitted": verdict.map(|verdict| matches!(verdict, Verdict::Granted(()))),
            "waiting": verdict.map(|verdict| matches!(verdict, Verdict::WaitUntil(_))),
            "admitted": admitted,
            "gave_up": gave_up,
        }))
    }))
}
