//! How large a small program becomes by a runtime, and how long it takes to build all of it.

use crate::processor;
use std::fs;
use std::io;
use std::path::Path;
use std::process::Command;

/// A program, built with everything that it depends on.
struct Program {
    what: &'static str,
    runtime: &'static str,
    dependencies: &'static str,
    source: &'static str,
}

const EMPTY: Program = Program {
    what: "empty",
    runtime: "-",
    dependencies: "",
    source: "fn main() { drop(work()) }",
};

/// A future that waits, so that waiting is no part that the compiler can leave out.
const WORK: &str = "
async fn work() {
    let mut asleep = true;
    std::future::poll_fn(|context| {
        if std::mem::take(&mut asleep) {
            context.waker().wake_by_ref();
            return std::task::Poll::Pending;
        }
        std::task::Poll::Ready(())
    })
    .await
}
";

/// What the programs of `all` do, written for a runtime's own names.
macro_rules! all {
    ($uses:literal, $main:literal) => {
        concat!(
            $uses,
            "use std::time::Duration;
            async fn run() -> std::io::Result<u64> {
                let listener = TcpListener::bind(\"127.0.0.1:0\").await?;
                let address = listener.local_addr()?;
                let client = spawn(async move {
                    let mut stream = TcpStream::connect(address).await?;
                    stream.write_all(b\"text\").await
                });
                let mut buffer = [0; 4];
                listener.accept().await?.0.read_exact(&mut buffer).await?;
                joined(client.await)?;
                pause(Duration::from_millis(1)).await;
                Ok(read(\"/dev/null\").await?.len() as u64)
            }\n",
            $main
        )
    };
}

const PROGRAMS: [Program; 10] = [
    Program {
        what: "block_on",
        runtime: "runtime-lite",
        dependencies: "runtime-lite = { path = \"RUNTIME_LITE\" }",
        source: "fn main() { runtime_lite::block_on(work()) }",
    },
    Program {
        what: "block_on",
        runtime: "pollster",
        dependencies: "pollster = \"0.4\"",
        source: "fn main() { pollster::block_on(work()) }",
    },
    Program {
        what: "block_on",
        runtime: "futures",
        dependencies: "futures-executor = \"0.3\"",
        source: "fn main() { futures_executor::block_on(work()) }",
    },
    Program {
        what: "block_on",
        runtime: "tokio",
        dependencies: "tokio = { version = \"1\", features = [\"rt\"] }",
        source: "fn main() { tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(work()) }",
    },
    Program {
        what: "spawn",
        runtime: "runtime-lite",
        dependencies: "runtime-lite = { path = \"RUNTIME_LITE\" }",
        source: "fn main() {
            let executor = runtime_lite::LocalExecutor::new();
            executor.block_on(executor.spawn(work())).unwrap()
        }",
    },
    Program {
        what: "spawn",
        runtime: "smol",
        dependencies: "async-executor = \"1\"\nfutures-lite = { version = \"2\", default-features = false, features = [\"std\"] }",
        source: "fn main() {
            let executor = async_executor::LocalExecutor::new();
            futures_lite::future::block_on(executor.run(executor.spawn(work())))
        }",
    },
    Program {
        what: "spawn",
        runtime: "tokio",
        dependencies: "tokio = { version = \"1\", features = [\"rt\"] }",
        source: "fn main() {
            let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
            runtime.block_on(async { tokio::spawn(work()).await.unwrap() })
        }",
    },
    Program {
        what: "all",
        runtime: "runtime-lite",
        dependencies: "runtime-lite = { path = \"RUNTIME_LITE\" }",
        source: all!(
            "use runtime_lite::{fs::read, io::*, net::*, spawn, time::sleep as pause};
            fn joined<T>(output: Result<std::io::Result<T>, runtime_lite::JoinError>) -> std::io::Result<T> {
                output.map_err(std::io::Error::other)?
            }\n",
            "fn main() { runtime_lite::block_on(spawn(run())).unwrap().unwrap(); }"
        ),
    },
    Program {
        what: "all",
        runtime: "smol",
        dependencies: "smol = \"2\"",
        source: all!(
            "use smol::{fs::read, io::{AsyncReadExt, AsyncWriteExt}, net::*, spawn};
            async fn pause(duration: Duration) { smol::Timer::after(duration).await; }
            fn joined<T>(output: T) -> T { output }\n",
            "fn main() { smol::block_on(spawn(run())).unwrap(); }"
        ),
    },
    Program {
        what: "all",
        runtime: "tokio",
        dependencies: "tokio = { version = \"1\", features = [\"fs\", \"io-util\", \"net\", \"rt-multi-thread\", \"time\"] }",
        source: all!(
            "use tokio::{fs::read, io::{AsyncReadExt, AsyncWriteExt}, net::*, spawn, time::sleep as pause};
            fn joined<T>(output: Result<std::io::Result<T>, tokio::task::JoinError>) -> std::io::Result<T> {
                output.map_err(std::io::Error::other)?
            }\n",
            "fn main() {
                let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
                runtime.block_on(async { spawn(run()).await.unwrap() }).unwrap();
            }"
        ),
    },
];

struct Built {
    bytes: u64,
    crates: usize,
    seconds: f64,
}

/// Builds a program from nothing, with `lto` or as cargo does by itself.
fn build(folder: &Path, program: &Program, lto: bool) -> io::Result<Built> {
    let folder = folder.join(format!("{}-{}", program.what, program.runtime));
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(folder.join("src"))?;
    let runtime_lite = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../runtime-lite");
    let dependencies = program
        .dependencies
        .replace("RUNTIME_LITE", &runtime_lite.to_string_lossy());
    let manifest = format!(
        "[package]\nname = \"program\"\nedition = \"2024\"\n[workspace]\n[profile.release]\nstrip = true\nlto = {lto}\n[dependencies]\n{dependencies}\n"
    );
    fs::write(folder.join("Cargo.toml"), manifest)?;
    let work = if program.source.contains("work()") {
        WORK
    } else {
        ""
    };
    let source = [work, program.source].concat();
    fs::write(folder.join("src/main.rs"), source)?;
    let cargo = |arguments: &[&str]| {
        let status = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
            .args(arguments)
            .current_dir(&folder)
            .env("CARGO_TARGET_DIR", folder.join("target"))
            .env("CARGO_INCREMENTAL", "0")
            .status()?;
        match status.success() {
            true => Ok(()),
            false => Err(io::Error::other(format!(
                "{} does not build",
                folder.display()
            ))),
        }
    };
    // What has to be downloaded is downloaded before.
    cargo(&["fetch", "--quiet"])?;
    let before = processor::time_of_children()?;
    cargo(&["build", "--quiet", "--release", "--offline"])?;
    let seconds = processor::time_of_children()? - before;
    let lock = fs::read_to_string(folder.join("Cargo.lock"))?;
    let program = folder.join("target/release/program");
    if !Command::new(&program).status()?.success() {
        return Err(io::Error::other(format!("{} fails", program.display())));
    }
    Ok(Built {
        bytes: fs::metadata(program)?.len(),
        crates: lock.matches("[[package]]").count() - 1,
        seconds,
    })
}

/// Builds all programs and prints the table.
pub fn print() -> io::Result<()> {
    let executable = std::env::current_exe()?;
    let folder = executable
        .parent()
        .ok_or(io::ErrorKind::NotFound)?
        .join("sizes");
    println!(
        "\n| program | runtime | KB over an empty one | with lto | crates locked | build, cpu s |"
    );
    println!("|---|---|---|---|---|---|");
    let [empty, empty_lto] = [false, true].map(|lto| build(&folder, &EMPTY, lto));
    let (empty, empty_lto) = (empty?, empty_lto?);
    for program in &PROGRAMS {
        let lto = build(&folder, program, true)?;
        let built = build(&folder, program, false)?;
        println!(
            "| {} | {} | {:.1} | {:.1} | {} | {:.1} |",
            program.what,
            program.runtime,
            built.bytes.saturating_sub(empty.bytes) as f64 / 1e3,
            lto.bytes.saturating_sub(empty_lto.bytes) as f64 / 1e3,
            built.crates,
            built.seconds,
        );
    }
    Ok(())
}
