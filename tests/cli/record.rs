//! `run --trace` and `--events`: files that other programs read, checked by those programs' rules.

use std::collections::{BTreeMap, BTreeSet};

use cascade::base::Json;
use serde_json::Value;

use crate::{SHOP, cascade, file, number};

/// Runs the shop with keys and a slow and crashing `pay`, recording: the result, the trace, the events.
fn record(name: &str, warmup: &str) -> (Json, String, String) {
    let scenario = SHOP.replacen(
        "\"nodes\":",
        r#""timeline": [ { "at": "8s", "for": "2s", "fault": { "crash": { "node": "pay" } } },
                         { "at": "12s", "for": "2s", "fault": { "slow": { "node": "post", "factor": 3 } } } ],
           "nodes":"#,
        1,
    );
    let scenario = scenario.replacen("\"deadline\":", "\"keys\": { \"count\": 100 }, \"deadline\":", 1);
    let (trace, events) =
        (file(&format!("{name}.otlp.json"), b""), file(&format!("{name}.events.json"), b""));
    let path = |path: &std::path::Path| path.to_str().expect("it is UTF-8").to_owned();
    let arguments = [
        "run",
        "-",
        "--for",
        "20s",
        "--warmup",
        warmup,
        "--trace",
        &path(&trace),
        "--events",
        &path(&events),
    ];
    let done = cascade(&arguments, scenario.as_bytes());
    assert_eq!(done.status, 0, "{}", done.err);
    let plain = cascade(&arguments[..6], scenario.as_bytes());
    assert_eq!(plain.out, done.out, "recording changes no result");
    let read = |path| std::fs::read_to_string(path).expect("it was written");
    (Json::parse(&done.out).expect("it prints JSON"), read(trace), read(events))
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no string in {value}"))
}

/// An identifier of so many digits: lower-case hexadecimal, not all zero.
fn identifier(value: &Value, key: &str, digits: usize) -> String {
    let id = text(value, key);
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    assert!(id.len() == digits && id.chars().all(hex) && id.chars().any(|c| c != '0'), "{key}: {id}");
    id.to_owned()
}

fn nanos(value: &Value, key: &str) -> u64 {
    text(value, key).parse().unwrap_or_else(|_| panic!("{key} is no whole number of nanoseconds"))
}

fn only_keys(value: &Value, allowed: &str) {
    for key in value.as_object().expect("an object").keys() {
        assert!(allowed.split(' ').any(|word| word == key), "unknown field {key} in {value}");
    }
}

/// The attributes of a resource or a span, each with exactly one value of a known type.
fn attributes(value: &Value) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for attribute in value["attributes"].as_array().expect("a list") {
        only_keys(attribute, "key value");
        let value = attribute["value"].as_object().expect("an object");
        assert_eq!(value.len(), 1, "{attribute}");
        let (kind, value) = value.iter().next().expect("one");
        match kind.as_str() {
            "stringValue" => assert!(value.is_string()),
            "intValue" => assert!(value.as_str().is_some_and(|text| text.parse::<i64>().is_ok()), "{value}"),
            "boolValue" => assert!(value.is_boolean()),
            other => panic!("{other}: {value}"),
        }
        let key = text(attribute, "key").to_owned();
        assert!(!key.is_empty() && found.insert(key, value.clone()).is_none(), "{attribute} twice");
    }
    found
}

struct Span {
    service: String,
    trace: String,
    parent: Option<String>,
    link: Option<(String, String)>,
    kind: u64,
    begins: u64,
    ends: u64,
    status: u64,
    attributes: BTreeMap<String, Value>,
}

/// Reads OTLP/JSON by the rules of the OpenTelemetry protocol: the spans by their identifier.
fn otlp(text_of_file: &str) -> BTreeMap<String, Span> {
    let file: Value = serde_json::from_str(text_of_file).expect("JSON");
    only_keys(&file, "resourceSpans");
    let mut spans = BTreeMap::new();
    for resource in file["resourceSpans"].as_array().expect("a list") {
        only_keys(resource, "resource scopeSpans schemaUrl");
        let service = attributes(&resource["resource"])["service.name"].as_str().expect("a name").to_owned();
        for scope in resource["scopeSpans"].as_array().expect("a list") {
            only_keys(scope, "scope spans schemaUrl");
            assert!(!text(&scope["scope"], "name").is_empty());
            for span in scope["spans"].as_array().expect("a list") {
                let id = identifier(span, "spanId", 16);
                assert!(spans.insert(id, read_span(&service, span)).is_none(), "twice: {span}");
            }
        }
    }
    spans
}

fn read_span(service: &str, span: &Value) -> Span {
    only_keys(
        span,
        "traceId spanId parentSpanId name kind startTimeUnixNano endTimeUnixNano attributes links status",
    );
    assert!(!text(span, "name").is_empty());
    only_keys(&span["status"], "code message");
    let status = span["status"]["code"].as_u64().expect("a number");
    assert!(status <= 2 && (status == 2) == span["status"]["message"].is_string(), "{span}");
    let kind = span["kind"].as_u64().expect("a number, not a word");
    assert!((1..=5).contains(&kind));
    let (begins, ends) = (nanos(span, "startTimeUnixNano"), nanos(span, "endTimeUnixNano"));
    assert!(0 < begins && begins <= ends, "{span}");
    let links = span.get("links").map_or(&[][..], |links| links.as_array().expect("a list"));
    let link = links.first().map(|link| {
        only_keys(link, "traceId spanId attributes");
        (identifier(link, "traceId", 32), identifier(link, "spanId", 16))
    });
    Span {
        service: service.to_owned(),
        trace: identifier(span, "traceId", 32),
        parent: span.get("parentSpanId").map(|_| identifier(span, "parentSpanId", 16)),
        link,
        kind,
        begins,
        ends,
        status,
        attributes: attributes(span),
    }
}

#[test]
fn a_trace_keeps_the_rules_of_otlp() {
    let spans = otlp(&record("rules", "0s").1);
    for (id, span) in &spans {
        match &span.parent {
            None => assert_eq!(span.kind, 1, "{id}: a trace begins with a client's request"),
            Some(parent) => {
                let parent = spans.get(parent).unwrap_or_else(|| panic!("{id} is an orphan"));
                assert_eq!(parent.trace, span.trace);
                assert!(parent.begins <= span.begins, "{id} began before its parent");
                let expected: &[u64] = match span.kind {
                    2 => &[3],
                    3 | 4 => &[1, 2, 5],
                    5 => &[4],
                    _ => &[],
                };
                assert!(expected.contains(&parent.kind), "{id}: {} under {}", span.kind, parent.kind);
                if let 3 | 4 = span.kind {
                    assert!(
                        span.ends <= parent.ends && span.service == parent.service,
                        "{id} outlives its parent"
                    );
                }
            }
        }
        assert_eq!(span.link.is_some(), span.kind == 5, "{id}: a consumer is linked to its producer");
        if let Some((trace, producer)) = &span.link {
            assert_eq!((trace, spans[producer].kind), (&spans[producer].trace, 4));
        }
    }
    let roots: BTreeSet<&str> =
        spans.values().filter(|span| span.parent.is_none()).map(|span| span.trace.as_str()).collect();
    let traces: BTreeSet<&str> = spans.values().map(|span| span.trace.as_str()).collect();
    assert_eq!(roots, traces, "a root for every trace");
    assert!(spans.values().any(|span| span.status == 2), "the crash can be seen");
}

#[test]
fn a_trace_tells_what_the_result_tells() {
    let (result, trace, _) = record("result", "0s");
    let spans = otlp(&trace);
    let of = |service: &str, kind: u64| {
        let own = |span: &&Span| span.service == service && span.kind == kind;
        spans.values().filter(own).collect::<Vec<_>>()
    };
    let n = |path: &str| number(&result, path);
    assert_eq!(of("web", 1).len() as f64, n("clients.web.offered"));
    assert_eq!(of("app", 2).len() as f64, n("services.app.arrivals"));
    assert_eq!(
        of("web", 3).len() as f64 + of("app", 3).len() as f64,
        n("calls.0.attempts") + n("calls.1.attempts")
    );
    assert_eq!(of("post", 5).len() as f64, n("queues.mail.delivered"));
    assert!(of("app", 4).len() as f64 >= n("queues.mail.published"));

    let sum = |spans: &[&Span], key: &str| -> f64 {
        spans
            .iter()
            .map(|span| span.attributes[key].as_str().and_then(|n| n.parse::<f64>().ok()).expect(key))
            .sum()
    };
    let close = |what: &str, seen: f64, expected: f64| {
        assert!((seen - expected).abs() <= 1e-9 * expected, "{what}: {seen} for {expected}");
    };
    let jobs = of("app", 2);
    close("working", sum(&jobs, "cascade.working_ns") / 20e9, n("services.app.busy_mean"));
    close("blocked", sum(&jobs, "cascade.blocked_ns") / 20e9, n("services.app.blocked_mean"));
    close("waiting", sum(&jobs, "cascade.waiting_ns") / 20e9, n("services.app.queue_length_mean"));
    let wasted = of("pay", 2).iter().filter(|span| span.attributes.contains_key("cascade.wasted")).count();
    assert_eq!(wasted as f64, n("services.pay.wasted"));
    let timeouts =
        |span: &&&Span| span.attributes.get("error.type").is_some_and(|reason| reason == "timeout");
    let seen = of("web", 1).iter().filter(timeouts).count();
    assert_eq!(seen as f64, n("clients.web.failed.timeout"));
    let retries = |span: &&&Span| span.attributes["cascade.attempt"] != "1";
    assert_eq!(of("web", 3).iter().filter(retries).count() as f64, n("calls.0.retries"));
}

/// Whoever looks for the slow requests of one key, or for what a second try did, finds them in either file.
#[test]
fn spans_say_their_key_their_attempt_and_their_error() {
    let (_, trace, events) = record("attributes", "0s");
    let spans = otlp(&trace);
    let attempt = |span: &Span| span.attributes.get("cascade.attempt").cloned();
    let mut tried_again = 0;
    for span in spans.values() {
        let key = span.attributes["cascade.key"].as_str().and_then(|key| key.parse::<u32>().ok());
        assert!(key.is_some_and(|key| key < 100), "{:?}", span.attributes);
        assert_eq!(span.status == 2, span.attributes.contains_key("error.type"));
        match span.kind {
            2 => {
                let parent = &spans[span.parent.as_ref().expect("a call")];
                assert!(attempt(span).is_some() && attempt(span) == attempt(parent));
                tried_again += u32::from(attempt(span).is_some_and(|attempt| attempt == "2"));
            }
            kind => assert_eq!(attempt(span).is_some(), kind == 3, "{kind}"),
        }
    }
    assert!(tried_again > 0);
    let file: Value = serde_json::from_str(&events).expect("JSON");
    let of = |category: &'static str| {
        let events = file["traceEvents"].as_array().expect("a list").iter();
        events.filter(move |event| event["cat"] == category)
    };
    assert!(of("request").all(|event| event["args"]["key"].is_u64() && event["args"]["attempt"].is_null()));
    for category in ["client", "server"] {
        let second = of(category).filter(|event| event["args"]["attempt"] == 2).count();
        assert!(second > 0 && second < of(category).count(), "{category}");
    }
    assert!(of("client").any(|event| event["args"]["end"] == "timeout"));
}

#[test]
fn recordings_are_the_same_bytes_and_leave_the_warm_up_out() {
    let (_, trace, events) = record("first", "2s");
    let (_, again, events_again) = record("again", "2s");
    assert_eq!((&trace, &events), (&again, &events_again));
    let begins = otlp(&trace).values().map(|span| span.begins).min().expect("a span");
    assert!(begins % 1_000_000_000_000 >= 2_000_000_000, "{begins} is in the warm-up");
}

#[test]
fn events_can_be_drawn() {
    let (result, _, events) = record("drawn", "0s");
    let file: Value = serde_json::from_str(&events).expect("JSON");
    let events = file["traceEvents"].as_array().expect("a list");
    let of = |phase: &str| events.iter().filter(|event| event["ph"] == phase).collect::<Vec<_>>();
    // Exact thousandths of a microsecond.
    let ns = |event: &Value, key: &str| (event[key].as_f64().expect("a number") * 1e3).round() as i64;
    let place = |event: &Value| (event["pid"].as_u64().expect("pid"), event["tid"].as_u64().expect("tid"));

    let mut named = BTreeMap::new();
    for event in of("M") {
        if event["name"] == "process_name" {
            named.insert(event["pid"].as_u64().expect("pid"), text(&event["args"], "name"));
        }
    }
    assert_eq!(named.into_values().collect::<Vec<_>>(), ["web", "app", "pay", "mail", "post"]);

    let mut tracks: BTreeMap<(u64, u64), Vec<(i64, i64)>> = BTreeMap::new();
    for event in of("X") {
        tracks.entry(place(event)).or_default().push((ns(event, "ts"), ns(event, "dur")));
    }
    for (track, mut slices) in tracks.clone() {
        slices.sort_by_key(|&(begins, lasts)| (begins, -lasts));
        let mut open: Vec<i64> = Vec::new();
        for (begins, lasts) in slices {
            open.retain(|&ends| ends > begins);
            let ends = begins + lasts;
            assert!(open.iter().all(|&outer| ends <= outer), "{track:?}: {begins} + {lasts} sticks out");
            open.push(ends);
        }
    }
    let jobs = of("X").iter().filter(|event| event["cat"] == "server" && event["pid"] == 3).count();
    assert_eq!(jobs as f64, number(&result, "services.pay.arrivals"));

    let (starts, ends) = (of("s"), of("f"));
    assert!(!starts.is_empty() && starts.len() == ends.len());
    for (start, end) in starts.iter().zip(&ends) {
        assert!(start["id"] == end["id"] && ns(start, "ts") <= ns(end, "ts"));
        for event in [start, end] {
            let at = ns(event, "ts");
            let inside = |&(begins, lasts): &(i64, i64)| begins <= at && at <= begins + lasts;
            assert!(tracks[&place(event)].iter().any(inside), "{event} leads nowhere");
        }
    }
    let most =
        of("C").iter().filter(|event| event["pid"] == 2).filter_map(|e| e["args"]["busy"].as_u64()).max();
    assert!(most.is_some_and(|most| (1..=8).contains(&most)), "{most:?}");
    assert!(of("C").iter().any(|event| event["args"].get("unacked").is_some()));
}
