//! Prints the table of the last run of `benches/instructions.sh` from the summaries that gungraun wrote, in Markdown.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use serde_json::Value;

/// What rustc's future and the lowered one take.
#[derive(Default)]
struct Row {
    plain: Option<u64>,
    lowered: Option<u64>,
}

/// A run's summaries lie in a folder each, two for every body.
fn rows(folder: &Path) -> io::Result<BTreeMap<String, Row>> {
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let summary = entry?.path().join("summary.json");
        let Ok(text) = fs::read_to_string(&summary) else {
            continue;
        };
        let summary: Value = serde_json::from_str(&text)?;
        let count = summary
            .pointer("/profiles/0/summaries/total/summary/Callgrind/Ir/metrics/Left/Int")
            .and_then(Value::as_u64);
        let name = summary["function_name"].as_str().unwrap_or_default();
        let row = rows.entry(name.to_string()).or_default();
        match summary["id"].as_str() {
            Some("plain") => row.plain = count,
            Some("lowered") => row.lowered = count,
            _ => {}
        }
    }
    Ok(rows)
}

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: table FOLDER");
        return ExitCode::FAILURE;
    };
    let rows = match rows(Path::new(&folder)) {
        Ok(rows) => rows,
        Err(error) => {
            eprintln!("{}: {error}", Path::new(&folder).display());
            return ExitCode::FAILURE;
        }
    };
    println!("| body | rustc | lowered | ratio |\n|---|---|---|---|");
    let (mut at_or_under, mut counted) = (0, 0);
    for (name, row) in &rows {
        let (Some(plain), Some(lowered)) = (row.plain, row.lowered) else {
            eprintln!("{name}: one half is missing");
            continue;
        };
        counted += 1;
        at_or_under += usize::from(lowered <= plain);
        let ratio = lowered as f64 / plain as f64;
        println!("| `{name}` | {plain} | {lowered} | {ratio:.2} |");
    }
    println!("\n{at_or_under} of {counted} bodies take no more instructions than rustc's");
    if counted == rows.len() && counted > 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
