//! A table of figures: columns by name, rows of JSON literals; printed as CSV or as JSON.

use cascade::base::Json;
use cascade::telemetry::metrics::{
    Call, Client, Exchange, Ledger, Log, Measured, Part, Queue, Saga, Service, Store, WindowStep,
};
use serde_json::Value;

/// The keys of a section's metrics that become columns, in the order of the result's keys. Columns are called by their
/// path in the result, as in `clients.web.latency_ms.p99`.
type Keys = Vec<(&'static str, Part)>;

/// The sections of a result, with the metrics of each that a sweep prints (see `Metric::swept`).
fn sections() -> [(&'static str, Keys); 10] {
    fn keys<M: Measured>() -> Keys {
        M::METRICS.iter().flat_map(|metric| metric.swept.iter().map(|part| (metric.key, *part))).collect()
    }
    [
        ("clients", keys::<Client>()),
        ("services", keys::<Service>()),
        ("calls", keys::<Call>()),
        ("queues", keys::<Queue>()),
        ("exchanges", keys::<Exchange>()),
        ("logs", keys::<Log>()),
        ("stores", keys::<Store>()),
        ("sagas", keys::<Saga>()),
        ("windows", keys::<WindowStep>()),
        ("ledger", keys::<Ledger>()),
    ]
}

/// Rows under columns. A cell is a JSON literal; an absent one is `null` in JSON and empty in CSV.
#[derive(Debug, Default)]
pub struct Table {
    columns: Vec<String>,
    rows: Vec<Vec<(usize, String)>>,
}

impl Table {
    /// Adds a row of named cells. A name that is new becomes a column after those there are.
    pub fn push(&mut self, cells: impl IntoIterator<Item = (String, String)>) {
        let mut row: Vec<(usize, String)> = Vec::new();
        for (name, literal) in cells {
            // Rows are alike: the next cell is nearly always of the next column.
            let next = row.last().map_or(0, |(before, _)| before + 1);
            let at = match self.columns.get(next) {
                Some(column) if *column == name => next,
                _ => self.columns.iter().position(|column| *column == name).unwrap_or_else(|| {
                    self.columns.push(name);
                    self.columns.len() - 1
                }),
            };
            row.push((at, literal));
        }
        self.rows.push(row);
    }

    fn cell(row: &[(usize, String)], column: usize) -> Option<&str> {
        row.iter().find(|(at, _)| *at == column).map(|(_, literal)| literal.as_str())
    }

    /// Comma-separated values (RFC 4180, lines end with a line feed), the names in the first line.
    pub fn csv(&self) -> String {
        let line = |cells: Vec<String>| cells.join(",") + "\n";
        let mut text = line(self.columns.iter().map(|column| quoted(column)).collect());
        for row in &self.rows {
            let cell = |at| match Table::cell(row, at) {
                None | Some("null") => String::new(),
                Some(literal) => match Json::parse(literal) {
                    Ok(Json::String(text)) => quoted(&text),
                    _ => quoted(literal),
                },
            };
            text += &line((0..self.columns.len()).map(cell).collect());
        }
        text
    }

    /// An array with an object per row; every object has every column.
    pub fn json(&self) -> String {
        let row = |row: &Vec<(usize, String)>| {
            let cell = |(at, name): (usize, &String)| {
                let name = Json::String(name.clone());
                format!("{name}: {}", Table::cell(row, at).unwrap_or("null"))
            };
            let cells: Vec<String> = self.columns.iter().enumerate().map(cell).collect();
            format!("  {{ {} }}", cells.join(", "))
        };
        let rows: Vec<String> = self.rows.iter().map(row).collect();
        format!("[\n{}\n]\n", rows.join(",\n"))
    }
}

/// A CSV field, in quotation marks where it needs them.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

/// The named figures of a result, in the order of its keys.
pub fn figures(result: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (section, keys) in sections() {
        match &result[section] {
            Value::Object(_) if section == "ledger" => add(&mut found, section, &result[section], &keys),
            Value::Object(entries) => {
                for (name, entry) in entries {
                    add(&mut found, &format!("{section}.{name}"), entry, &keys);
                }
            }
            Value::Array(entries) => {
                for entry in entries {
                    let word = |key: &str| entry[key].as_str().unwrap_or_default().to_owned();
                    let name = format!("{section}.{}>{}.{}", word("from"), word("to"), word("operation"));
                    add(&mut found, &name, entry, &keys);
                }
            }
            _ => {}
        }
    }
    found
}

/// The figures of one entry.
fn add(found: &mut Vec<(String, String)>, name: &str, entry: &Value, keys: &Keys) {
    for (key, part) in keys {
        match (&entry[*key], part.key()) {
            (Value::Object(reasons), "") => found.extend(
                reasons.iter().map(|(reason, count)| (format!("{name}.{key}.{reason}"), count.to_string())),
            ),
            (Value::Object(parts), part) => {
                found
                    .extend(parts.get(part).map(|value| (format!("{name}.{key}.{part}"), value.to_string())));
            }
            (Value::Number(number), _) => found.push((format!("{name}.{key}"), number.to_string())),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_need_not_have_the_same_columns() {
        let cells = |cells: &[(&str, &str)]| {
            cells.iter().map(|(name, cell)| ((*name).to_owned(), (*cell).to_owned())).collect::<Vec<_>>()
        };
        let mut table = Table::default();
        table.push(cells(&[("a", "1"), ("b", "\"x, \\\"y\\\"\"")]));
        table.push(cells(&[("a", "2"), ("c", "3.5")]));
        assert_eq!(table.csv(), "a,b,c\n1,\"x, \"\"y\"\"\",\n2,,3.5\n");
        let json: Value = serde_json::from_str(&table.json()).expect("JSON");
        assert_eq!(
            json,
            serde_json::json!([{ "a": 1, "b": "x, \"y\"", "c": null }, { "a": 2, "b": null, "c": 3.5 }])
        );
    }

    #[test]
    fn figures_are_found_by_the_result_s_own_paths() {
        let result = serde_json::json!({
            "clients": { "web": { "good": 3, "failed": { "timeout": 1 }, "latency_ms": { "p50": 2.5 } } },
            "calls": [{ "from": "web", "to": "app", "operation": "default", "retries": 4 }],
            "ledger": { "created": 9 }
        });
        let lines: Vec<String> =
            figures(&result).iter().map(|(name, cell)| format!("{name}={cell}")).collect();
        assert_eq!(
            lines,
            [
                "clients.web.good=3",
                "clients.web.failed.timeout=1",
                "clients.web.latency_ms.p50=2.5",
                "calls.web>app.default.retries=4",
                "ledger.created=9"
            ]
        );
    }
}
