//! What the page predicts beside its charts, against the formulas of this suite.

use cascade::base::ServiceIx;
use cascade::scenario::Scenario;
use cascade::session::{Session, Variant};
use cascade::theory::{TextbookQueue, formulas};
use cascade::view::charts::theory;
use serde_json::{Value, json};

use crate::stations::station;

/// The prediction for one station.
fn predicted(rate: f64, work: Value, service: Value) -> TextbookQueue {
    let scenario = Scenario::read(&station(rate, work, service).to_string()).expect("a good scenario");
    let session = Session::new(vec![Variant { label: String::new(), scenario }], 1.0).expect("it runs");
    theory(&session.variants()[0], ServiceIx(0)).expect("a textbook queue")
}

/// Compares the predicted mean response in milliseconds, work of mean 10 ms.
fn check(rate: f64, work: Value, service: Value, expected: f64) {
    let predicted = predicted(rate, work, service);
    let response = predicted.wait() * 1e3 + 10.0;
    assert!((response / expected - 1.0).abs() < 1e-9, "{predicted:?}: {response} for {expected}");
    let waiting = predicted.wait() * rate;
    assert!((predicted.waiting() / waiting - 1.0).abs() < 1e-9, "{predicted:?}");
}

#[test]
fn the_page_predicts_what_the_formulas_say() {
    let exponential = || json!({ "exponential": "10ms" });
    for rate in [1.0, 50.0, 80.0, 99.0] {
        check(rate, exponential(), json!({}), formulas::mm1_response_ms(rate, 100.0));
        check(rate, json!("10ms"), json!({}), formulas::mg1_response_ms(rate, 100.0, 0.0));
        for cv in [0.5, 2.0] {
            let work = json!({ "lognormal": { "mean": "10ms", "cv": cv } });
            check(rate, work, json!({}), formulas::mg1_response_ms(rate, 100.0, cv));
        }
        for workers in [2, 4, 100] {
            let all = rate * f64::from(workers);
            let expected = formulas::mmc_response_ms(workers, all, 100.0);
            check(all, exponential(), json!({ "workers": workers }), expected);
        }
        let split = json!({ "replicas": 4, "balance": "random" });
        check(4.0 * rate, exponential(), split, formulas::mm1_response_ms(rate, 100.0));
    }
}
