//! `link`: files as links, and links as files.

use cascade::base::Json;
use cascade::session::Record;

use crate::{SHOP, cascade, file};

#[test]
fn a_file_becomes_a_link_and_the_link_the_file() {
    let done = cascade(&["link", "-", "--base", "https://example.org/"], SHOP.as_bytes());
    assert_eq!((done.status, done.err.as_str()), (0, ""));
    let link = done.out.strip_suffix('\n').expect("a line");
    assert!(link.starts_with("https://example.org/#/s/1/") && !link.contains('\n'), "{link}");
    let read = cascade(&["link", "--read", link], b"");
    assert_eq!(read.status, 0, "{}", read.err);
    assert_eq!(Json::parse(&read.out), Json::parse(SHOP));
    // What is no bare scenario comes back as a record, and that is a file as well.
    let record =
        [r#"{"record": 1, "log": [{"at": 0, "set": "seed", "to": 8}], "variants": [{"label": "A", "scenario": "#, SHOP, "}]}"].concat();
    let path = file("record.cascade.json", record.as_bytes());
    let path = path.to_str().expect("it is UTF-8");
    let both = cascade(&["link", path, "-"], SHOP.as_bytes());
    let lines: Vec<&str> = both.out.lines().collect();
    assert_eq!(lines.len(), 2, "{}", both.err);
    assert_eq!(lines[1], link.strip_prefix("https://example.org/").expect("its base"));
    let read = cascade(&["link", "--read", lines[0]], b"");
    let [read, record] = [&read.out, &record]
        .map(|text| Record::read(text).unwrap_or_else(|wrong| panic!("{text}: {wrong:#?}")));
    assert_eq!(read, record);
}

#[test]
fn what_is_no_link_and_what_is_no_scenario_is_explained() {
    let done = cascade(&["link", "--read", "#/s/1/q1bKTUxJVUiqVLJSUKrKyUxSqgUA"], b"");
    assert_eq!(done.status, 1);
    assert!(done.err.contains("made by") && done.err.contains("not a recorded run"), "{}", done.err);
    let done = cascade(&["link", "--read", "#/s/7/abc"], b"");
    assert!(done.status == 1 && done.err.contains("newer version (encoding 7)"), "{}", done.err);
    let done = cascade(&["link", "-"], b"{\"schema\": 1, \"nodes\": 3}");
    assert!(done.status == 1 && done.err.contains("nodes"), "{}", done.err);
    assert_eq!(cascade(&["link"], b"").status, 2);
}
