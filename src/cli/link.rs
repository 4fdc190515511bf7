//! `cascade link`: a scenario or a recorded run as a link, and what a link holds.

use cascade::base::Json;
use cascade::link::{EASY_LENGTH, Link, Unreadable, read};

use super::args::LinkArguments;
use super::input;
use super::output::{Problem, print, say};

/// So much of an unreadable link's text is shown, in characters.
const SHOWN: usize = 500;

/// Prints a link for each file, or the file of a link.
pub fn link(arguments: &LinkArguments) -> Result<(), Problem> {
    if let Some(address) = &arguments.read {
        return print(&(held(address)? + "\n"));
    }
    let links: Result<Vec<_>, Problem> =
        arguments.files.iter().map(|file| address(file, &arguments.base)).collect();
    print(&links?.concat())
}

/// The link of a file, on a line of its own.
fn address(file: &str, base: &str) -> Result<String, Problem> {
    let read = Json::parse(&input::text(file)?).map_err(|problem| vec![problem]).and_then(Link::from_json);
    let fragment = read.map_err(Problem::Scenario)?.write();
    let too_large = || Problem::Misuse(format!("{file} is too large for a link: send the file"));
    let address = [base, &fragment.ok_or_else(too_large)?].concat();
    if address.len() > EASY_LENGTH {
        let length = address.len();
        say(format_args!(
            "{file}: this link has {length} characters, too many for some programs: send the file"
        ));
    }
    Ok(address + "\n")
}

/// What a link holds, as a file: a scenario where that is all, else a recorded run.
fn held(address: &str) -> Result<String, Problem> {
    let link = read(address).map_err(|Unreadable { problems, text }| {
        if !text.is_empty() {
            let text: String = text.chars().take(SHOWN).flat_map(char::escape_default).collect();
            say(format_args!("it begins with: {text}"));
        }
        Problem::Scenario(problems)
    })?;
    Ok(link.record.print())
}
