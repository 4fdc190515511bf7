//! Component `bulkhead`: who comes in, who waits, who gives up.

use cascade::engine::runtime::policy::bulkhead::{Bulkhead, Entry};
use cascade::scenario::{BulkheadPlan, read_part};
use serde_json::{Value, json};

use super::{Machine, value};

/// The engine's bulkhead under a configuration of a `bulkhead`.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let plan: BulkheadPlan = read_part(&value::json(config)?).map_err(value::phrase)?;
    let mut bulkhead = Bulkhead::default();
    // Everybody who ever came, by number; and the numbers of those inside.
    let (mut names, mut inside) = (Vec::<String>::new(), Vec::<u64>::new());
    Ok(Box::new(move |input| {
        let now = value::at(input)?;
        let mut gave_up = Vec::new();
        while let Some(who) = bulkhead.give_up(now) {
            gave_up.push(names[who as usize].clone());
        }
        let mut admitted = Vec::new();
        let mut entry = None;
        if input.get("enter").is_some() {
            let who = names.len() as u64;
            names.push(value::text(input, "enter")?.to_owned());
            entry = Some(bulkhead.enter(&plan, now, who));
            if entry == Some(Entry::Admitted) {
                inside.push(who);
            }
        } else {
            let name = value::text(input, "leave")?;
            match inside.iter().position(|&who| names[who as usize] == name) {
                Some(at) => {
                    inside.remove(at);
                    bulkhead.leave();
                }
                // Who only waits leaves by waiting no more.
                None => {
                    for (who, _) in names.iter().enumerate().filter(|(_, other)| *other == name) {
                        bulkhead.withdraw(who as u64);
                    }
                }
            }
            while let Some(who) = bulkhead.admit(&plan, now) {
                inside.push(who);
                admitted.push(names[who as usize].clone());
            }
        }
        Ok(json!({
            "permitted": entry.map(|entry| entry == Entry::Admitted),
            "waiting": entry.map(|entry| entry == Entry::Waiting),
            "admitted": admitted,
            "gave_up": gave_up,
        }))
    }))
}
