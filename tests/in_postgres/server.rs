//! A PostgreSQL of the test's own, where it is installed.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use postgres::{Client, NoTls};

/// A server that listens on a socket in a folder of its own, and is gone with this.
pub struct Server {
    folder: PathBuf,
    process: Child,
}

/// PostgreSQL does not run as root.
const NOBODY: u32 = 65534;

fn program(name: &str) -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let installed = versions.flatten().map(|version| version.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut folders = std::env::split_paths(&path).chain(installed);
    // Debian keeps `initdb` and the server itself out of the path, and next to each other.
    folders
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .map(|folder| folder.join(name))
}

fn as_nobody(program: PathBuf) -> Command {
    let mut command = Command::new(program);
    if rustix::process::getuid().is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
    command.stdout(Stdio::null());
    command
}

impl Server {
    /// `None` if PostgreSQL is not installed.
    pub fn start() -> Option<Server> {
        let (Some(initdb), Some(server)) = (program("initdb"), program("postgres")) else {
            eprintln!("skipped: PostgreSQL is not installed");
            return None;
        };
        let folder = std::env::temp_dir().join(format!("in_postgres_{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        if rustix::process::getuid().is_root() {
            std::os::unix::fs::chown(&folder, Some(NOBODY), Some(NOBODY)).unwrap();
        }
        let data = folder.join("data");
        let made = as_nobody(initdb)
            .args(["--auth=trust", "--username=test", "--no-sync", "-D"])
            .arg(&data)
            .current_dir(&folder)
            .status();
        assert!(made.unwrap().success());
        let process = as_nobody(server)
            .args(["-F", "-c", "listen_addresses=", "-k"])
            .arg(&folder)
            .arg("-D")
            .arg(&data)
            .current_dir(&folder)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Some(Server { folder, process })
    }

    /// A connection, as soon as there is a server to connect to.
    pub fn connect(&self) -> Client {
        let start = Instant::now();
        loop {
            match connect(&self.folder) {
                Ok(client) => return client,
                Err(error) if start.elapsed() > Duration::from_secs(60) => panic!("{error}"),
                Err(_) => std::thread::sleep(Duration::from_millis(20)),
            }
        }
    }
}

fn connect(folder: &Path) -> Result<Client, postgres::Error> {
    let mut config = Client::configure();
    config.host_path(folder).user("test").dbname("postgres");
    config.connect(NoTls)
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}
