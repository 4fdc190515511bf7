//! Links that were made: each opens the same run at the same moment, for ever.
//!
//! A line of made.txt is a link and then the digests of its variants at its moment. Lines are added (`cascade link FILE`
//! prints a link, a failing test the digests), never changed.

use cascade::link::read;
use cascade::session::Session;

const MADE: &str = include_str!("made.txt");

/// The digests of a link's variants at its moment.
fn digests(address: &str) -> Vec<String> {
    let link = read(address).unwrap_or_else(|wrong| panic!("{address}: {wrong:#?}"));
    let moment = link.record.now;
    let mut session = Session::open(link.record).unwrap_or_else(|wrong| panic!("{address}: {wrong:#?}"));
    session.seek(moment);
    assert_eq!(session.now(), moment);
    session.variants().iter().map(|variant| variant.telemetry().digest().hex()).collect()
}

#[test]
fn a_link_that_was_made_opens_the_same_run() {
    let links: Vec<&str> = MADE.lines().filter(|line| !line.starts_with("//")).collect();
    let out = |line: &&str| {
        let address = line.split(' ').next().unwrap_or_default();
        [&[address.to_owned()], &digests(address)[..]].concat().join(" ")
    };
    let wrong: Vec<String> = links
        .iter()
        .map(|line| (line, out(line)))
        .filter(|(line, out)| line != &out)
        .map(|(_, out)| out)
        .collect();
    assert!(wrong.is_empty(), "other runs than when these links were made:\n{}", wrong.join("\n"));
    assert!(links.len() >= 8, "there are {} links", links.len());
}
