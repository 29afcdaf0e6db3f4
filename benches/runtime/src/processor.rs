//! The time that processors spend.

use rustix::time::{ClockId, clock_gettime};
use std::io;

/// What the processors have spent on this process, in nanoseconds.
pub fn own_time() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

/// What they have spent on another process, in seconds, counted in hundredths.
pub fn time_of(process: u32) -> io::Result<f64> {
    from_status(&process.to_string(), 11)
}

/// What they have spent on all processes that this one has started and that have ended, in seconds, counted in hundredths.
pub fn time_of_children() -> io::Result<f64> {
    from_status("self", 13)
}

/// The sum of two fields of the line that the system tells about a process, counted from behind its name.
fn from_status(process: &str, first: usize) -> io::Result<f64> {
    let line = std::fs::read_to_string(format!("/proc/{process}/stat"))?;
    // The name stands in parentheses and may hold some itself.
    let fields = line.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(first).take(2);
    let ticks: Option<f64> = ticks.map(|field| field.parse::<f64>().ok()).sum();
    ticks
        .map(|ticks| ticks / 100.0)
        .ok_or_else(|| io::ErrorKind::InvalidData.into())
}
