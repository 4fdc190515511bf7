use super::*;
use crate::base::SimTime;
use crate::scenario::Scenario;
use crate::session::Variant;

fn session(workers: [u32; 2], rate: u32, seed: [u64; 2]) -> Session {
    let variant = |at: usize| {
        let text = format!(
            r#"{{ "schema": 1, "seed": {}, "network": {{ "loss": 0.02 }}, "nodes": {{
            "web": {{ "kind": "client", "arrivals": {{ "poisson": {{ "rate": {rate} }} }}, "deadline": "200ms",
                     "operation": [{{ "call": {{ "to": "app", "timeout": "1s" }} }}, {{ "publish": {{ "to": "mail" }} }}] }},
            "app": {{ "kind": "service", "workers": {}, "operations": {{ "default": [{{ "work": {{ "exponential": "30ms" }} }}] }} }},
            "reader": {{ "kind": "service", "workers": 2, "operations": {{ "default": [{{ "work": {{ "exponential": "12ms" }} }}] }},
                        "consumes": [ {{ "from": "mail", "prefetch": 2 }} ] }},
            "mail": {{ "kind": "queue" }} }} }}"#,
            seed[at], workers[at]
        );
        let scenario = Scenario::read(&text).expect("a good scenario");
        Variant { label: String::new(), scenario }
    };
    Session::new(vec![variant(0), variant(1)], 1.0).expect("it runs")
}

#[test]
fn experiment() {
    for load in [40, 70, 100, 120, 126] {
        let mut wrong = std::collections::BTreeMap::new();
        let (mut looks, seeds) = (0, 100);
        for seed in 0..seeds {
            let mut session = session([4, 4], load, [seed, seed + 1000]);
            for at in [8.0, 15.0, 30.0] {
                session.run_until(SimTime::from_secs(at));
                looks += 1;
                for row in compare(&session, Stretch::Last).expect("two").rows {
                    let slot = wrong.entry(row.what).or_insert([0; 4]);
                    match row.verdict {
                        Verdict::Better(..) => slot[0] += 1,
                        Verdict::Close(..) => slot[1] += 1,
                        Verdict::Equal => slot[2] += 1,
                        _ => slot[3] += 1,
                    }
                }
            }
        }
        println!("load {load}: {looks} looks: {wrong:?}");
    }
}
