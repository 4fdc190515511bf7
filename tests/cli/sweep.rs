//! `cascade sweep`: the grid, the columns, the same rows on any number of threads.

use std::process::{Command, Stdio};

use cascade::base::Json;

use crate::{Done, SHOP, cascade, number};

/// Sweeps the shop for 5 s on so many threads.
fn sweep(threads: u32, arguments: &[&str]) -> Done {
    use std::io::Write;
    let mut child = Command::new(env!("CARGO_BIN_EXE_cascade"))
        .args([&["sweep", "-", "--for", "5s"], arguments].concat())
        .env("RAYON_NUM_THREADS", threads.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the binary was built for this test");
    let _ = child.stdin.take().expect("it is piped").write_all(SHOP.as_bytes());
    let output = child.wait_with_output().expect("it was started");
    Done {
        status: output.status.code().expect("it was not killed"),
        out: String::from_utf8(output.stdout).expect("it prints UTF-8"),
        err: String::from_utf8(output.stderr).expect("it prints UTF-8"),
    }
}

/// The rows of a sweep in JSON.
fn rows(arguments: &[&str]) -> Vec<Json> {
    let done = sweep(2, &[arguments, &["--format", "json"]].concat());
    assert_eq!(done.status, 0, "{}", done.err);
    Json::parse(&done.out).expect("it prints JSON").items().to_vec()
}

fn cell<'a>(row: &'a Json, column: &str) -> &'a Json {
    row.get(column).unwrap_or_else(|| panic!("no {column} in {row}"))
}

#[test]
fn the_rows_do_not_depend_on_the_number_of_threads() {
    let grid = [
        "--set",
        "nodes.pay.workers=1..4/4",
        "--set",
        "nodes.app.operations.look[0].work=1ms..3ms/2",
        "--seeds",
        "2",
    ];
    for format in ["csv", "json"] {
        let of = |threads| sweep(threads, &[&grid[..], &["--format", format]].concat());
        let (one, four) = (of(1), of(4));
        assert_eq!((one.status, four.status), (0, 0), "{}{}", one.err, four.err);
        assert_eq!(one.out, four.out, "{format}");
        assert!(one.err.contains("16 runs in"), "{}", one.err);
    }
}

#[test]
fn a_row_is_what_a_run_prints() {
    let rows = rows(&[
        "--set",
        "nodes.pay.workers=2..4/3",
        "--set",
        "network.latency=1ms..5ms/2",
        "--seeds",
        "2",
        "--warmup",
        "1s",
    ]);
    assert_eq!(rows.len(), 12);
    let third = &rows[2];
    assert_eq!(cell(third, "nodes.pay.workers"), &Json::Number(2.0));
    assert_eq!(cell(third, "network.latency").as_str(), Some("5ms"));
    assert_eq!(cell(third, "seed"), &Json::Number(7.0));
    assert_eq!(cell(&rows[3], "seed"), &Json::Number(8.0));
    let set = ["--set", "nodes.pay.workers=2", "--set", "network.latency=5ms"];
    let done = cascade(&[&["run", "-", "--warmup", "1s", "--for", "5s"], &set[..]].concat(), SHOP.as_bytes());
    let run = Json::parse(&done.out).expect("it prints JSON");
    assert_eq!(Some(cell(third, "digest")), run.get("digest"));
    for column in [
        "clients.web.goodput_per_s",
        "clients.web.failed.timeout",
        "clients.web.latency_ms.p99",
        "services.app.utilization",
        "queues.mail.depth_max",
        "ledger.created",
    ] {
        assert_eq!(cell(third, column).as_f64(), Some(number(&run, column)), "{column}");
    }
}

#[test]
fn csv_has_a_name_and_a_cell_for_every_figure() {
    let done = sweep(2, &["--set", "nodes.pay.workers=1..2/2", "--set", "title=\"a, b\""]);
    assert_eq!(done.status, 0, "{}", done.err);
    let lines: Vec<&str> = done.out.lines().collect();
    assert_eq!(lines.len(), 3);
    assert!(lines[0].starts_with("nodes.pay.workers,title,seed,digest,clients.web.offered,"), "{}", lines[0]);
    assert!(lines[1].starts_with("1,\"a, b\",7,") && lines[2].starts_with("2,\"a, b\",7,"), "{}", done.out);
    let commas = |line: &str| line.matches(',').count();
    assert_eq!(commas(lines[0]) + 1, commas(lines[1]), "one comma stands in the title");
}

#[test]
fn what_is_wrong_is_said_before_the_first_run() {
    let check = |set: &[&str], status: i32, says: &str| {
        let set: Vec<&str> = set.iter().flat_map(|set| ["--set", set]).collect();
        let done = sweep(1, &set);
        assert_eq!((done.status, done.out.as_str()), (status, ""), "{set:?}: {}", done.err);
        assert!(done.err.contains(says), "{set:?}: {}", done.err);
    };
    check(&[], 2, "--set");
    check(&["nodes.pay.workers=1..x/3"], 2, "is not a range");
    check(
        &["nodes.pay.workers=1..2/2", "seed=1..9999/9999", "network.loss=0..1/9"],
        2,
        "at most 100000 runs",
    );
    check(&["nodes.pay.workers=1..2/3"], 1, "nodes.pay.workers");
    check(&["nodes.nobody.workers=1..2/2"], 1, "nobody");
}
