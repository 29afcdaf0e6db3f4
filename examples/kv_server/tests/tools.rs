//! `redis-cli` and `redis-benchmark`, where they are installed.

use super::process::Process;
use std::io::ErrorKind;
use std::process::{Command, Output};

/// Runs a tool against a server; `None` if it is not installed.
fn run(server: &Process, tool: &str, arguments: &[&str]) -> Option<Output> {
    let mut command = Command::new(tool);
    command
        .args(["-p", &server.port.to_string()])
        .args(arguments);
    match command.output() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            eprintln!("skipped: {tool} is not installed");
            None
        }
        output => Some(output.unwrap()),
    }
}

#[track_caller]
fn assert_printed(output: &Output, expected: &str) {
    let text = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{text}{errors}");
    assert_eq!(text, expected);
}

#[test]
fn the_command_line_client_works() {
    let server = Process::start();
    let Some(output) = run(&server, "redis-cli", &["SET", "key", "value"]) else {
        return;
    };
    assert_printed(&output, "OK\n");
    assert_printed(
        &run(&server, "redis-cli", &["-3", "GET", "key"]).unwrap(),
        "value\n",
    );
    assert_printed(
        &run(
            &server,
            "redis-cli",
            &["-3", "--json", "CONFIG", "GET", "save"],
        )
        .unwrap(),
        "{\"save\":\"\"}\n",
    );
    let wrong = run(&server, "redis-cli", &["-e", "GET"]).unwrap();
    assert!(!wrong.status.success());
}

#[test]
fn the_benchmark_runs_to_its_end() {
    let server = Process::start();
    for pipeline in ["1", "16"] {
        let arguments = [
            "-t",
            "ping,set,get,incr,mset",
            "-n",
            "2000",
            "-c",
            "20",
            "-P",
            pipeline,
            "--csv",
        ];
        let Some(output) = run(&server, "redis-benchmark", &arguments) else {
            return;
        };
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "{text}{}",
            String::from_utf8_lossy(&output.stderr)
        );
        // A heading, and a line for each test, of which there are two of PING.
        assert_eq!(text.lines().count(), 7, "{text}");
    }
}
