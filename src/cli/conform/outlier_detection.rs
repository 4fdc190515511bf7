//! Component `outlier_detection`: results of hosts, and which of them are ejected.

use cascade::base::SimTime;
use cascade::engine::runtime::balancing::outlier::OutlierDetector;
use cascade::scenario::{OutlierPlan, read_part};
use serde_json::{Value, json};

use super::machine::Machine;
use super::value;

/// The engine's detector under a configuration of an `outlier_detection`, with how many `hosts` there are. Its intervals
/// end by the clock.
pub fn machine(config: &Value) -> Result<Machine, String> {
    let mut written = config.clone();
    let hosts = value::count(config, "hosts")? as u32;
    if let Some(config) = written.as_object_mut() {
        config.remove("hosts");
    }
    let plan: OutlierPlan = read_part(&value::json(&written)?).map_err(value::phrase)?;
    let mut detector = OutlierDetector::default();
    let mut next = SimTime::ZERO + plan.interval;
    Ok(Box::new(move |input| {
        let now = value::at(input)?;
        while next <= now {
            detector.interval(&plan, next);
            next += plan.interval;
        }
        let mut ejects = false;
        if input.get("result").is_some() {
            let host = value::count(input, "host")?.min(999) as u32;
            let failed = match value::text(input, "result")? {
                "success" => false,
                "failure" => true,
                other => return Err(format!("has a result \"{other}\", neither success nor failure")),
            };
            ejects = detector.result(&plan, now, host, failed, hosts);
        }
        let ejected: Vec<u32> = (0..hosts).filter(|&host| detector.is_ejected(host)).collect();
        Ok(json!({ "ejects": ejects, "ejected": ejected }))
    }))
}
