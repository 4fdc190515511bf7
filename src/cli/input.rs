//! What comes in: a text, from a file or standard input.

use std::fs::File;
use std::io::{self, ErrorKind, Read};

use cascade::base::{Diagnostic, MAX_TEXT};
use cascade::scenario::Scenario;
use cascade::session::Record;

use super::output::Problem;

/// Reading stops far above what a scenario may have, so that an endless stream ends; the scenario's own check says
/// that it is too long.
const READ_AT_MOST: u64 = 16 * MAX_TEXT as u64;

/// Reads the scenario in `file`, or on standard input for `-`.
pub fn scenario(file: &str) -> Result<Scenario, Problem> {
    Scenario::read(&checked(file)?).map_err(Problem::Scenario)
}

/// Reads the scenario in `file` or the recorded run, as the page saves both; or what is on standard input for `-`.
pub fn run(file: &str) -> Result<Record, Problem> {
    Record::read(&checked(file)?).map_err(Problem::Scenario)
}

fn checked(file: &str) -> Result<String, Problem> {
    let bytes = bytes(file)?;
    let cut = bytes.len() as u64 == READ_AT_MOST;
    match String::from_utf8(bytes) {
        Ok(text) => Ok(text),
        Err(error) if cut => Ok(String::from_utf8_lossy(error.as_bytes()).into_owned()),
        Err(error) => Err(Problem::Scenario(vec![not_utf8(&error)])),
    }
}

/// Reads any text in `file`, or on standard input for `-`; what is no UTF-8 in it is replaced.
pub fn text(file: &str) -> Result<String, Problem> {
    Ok(String::from_utf8_lossy(&bytes(file)?).into_owned())
}

fn bytes(file: &str) -> Result<Vec<u8>, Problem> {
    let bytes = if file == "-" { read(io::stdin().lock()) } else { File::open(file).and_then(read) };
    bytes.map_err(|error| Problem::Misuse(explain(file, &error)))
}

fn read(source: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    source.take(READ_AT_MOST).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Why a file could not be read, and what to do.
fn explain(file: &str, error: &io::Error) -> String {
    let remedy = match error.kind() {
        ErrorKind::NotFound => "there is no such file; check the path, or give - to read standard input",
        ErrorKind::IsADirectory => "it is a directory; give the path of a scenario file in it",
        ErrorKind::PermissionDenied => "it may not be read; check its permissions",
        _ => return format!("cannot read {file:?}: {error}; give the path of a scenario file, or -"),
    };
    format!("cannot read {file:?}: {remedy}")
}

fn not_utf8(error: &std::string::FromUtf8Error) -> Diagnostic {
    let good = error.utf8_error().valid_up_to();
    let line = 1 + error.as_bytes()[..good].iter().filter(|&&byte| byte == b'\n').count();
    Diagnostic {
        path: String::new(),
        message: format!("the text is not UTF-8 at byte {good}, in line {line}"),
        help: "save the file as UTF-8".to_owned(),
    }
}
