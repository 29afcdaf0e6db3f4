//! Files.

mod counted;

use counted::counted;
use runtime_lite::io::{AsyncReadExt, AsyncSeek, AsyncWriteExt};
use runtime_lite::{block_on, fs, try_join};
use std::future::{Future, poll_fn};
use std::io::{ErrorKind, SeekFrom};
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::task::{Context, Waker};

/// A path of its own for each test, removed at its end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("runtime-lite-{name}-{}", std::process::id())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Some tests check that there is no file.
        let _ = std::fs::remove_file(&self.0);
    }
}

async fn seek(file: &mut fs::File, target: SeekFrom) -> std::io::Result<u64> {
    poll_fn(|context| Pin::new(&mut *file).poll_seek(context, target)).await
}

#[test]
fn what_is_written_is_read() {
    let _counted = counted();
    let path = Scratch::new("written");
    let contents: Vec<u8> = (0..700_000u32).map(|number| (number % 251) as u8).collect();
    block_on(async {
        let mut file = fs::File::create(&path.0).await.unwrap();
        file.write_all(&contents).await.unwrap();
        file.sync_all().await.unwrap();
        assert_eq!(file.metadata().await.unwrap().len(), contents.len() as u64);
        let mut read = Vec::new();
        let mut file = fs::File::open(&path.0).await.unwrap();
        assert_eq!(file.read_to_end(&mut read).await.unwrap(), contents.len());
        assert!(read == contents);
        assert_eq!(file.read(&mut [0; 8]).await.unwrap(), 0);
        let (again, metadata) = try_join!(fs::read(&path.0), fs::metadata(&path.0)).unwrap();
        assert!(again == contents && metadata.is_file());
    });
}

#[test]
fn reading_writing_and_seeking_agree_on_the_position() {
    let _counted = counted();
    let path = Scratch::new("position");
    std::fs::write(&path.0, "0123456789").unwrap();
    let options = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(&path.0);
    block_on(async {
        let mut file = fs::File::from(options.unwrap());
        let mut buffer = [0; 3];
        file.read_exact(&mut buffer).await.unwrap();
        assert_eq!(&buffer, b"012");
        // A read that is given up has read ahead, unless it has ended already.
        let position = {
            let mut read = pin!(file.read(&mut buffer));
            if read
                .as_mut()
                .poll(&mut Context::from_waker(Waker::noop()))
                .is_ready()
            {
                6
            } else {
                3
            }
        };
        assert_eq!(
            seek(&mut file, SeekFrom::Current(0)).await.unwrap(),
            position
        );
        seek(&mut file, SeekFrom::Start(3)).await.unwrap();
        file.write_all(b"abc").await.unwrap();
        assert_eq!(seek(&mut file, SeekFrom::Current(-1)).await.unwrap(), 5);
        file.read_exact(&mut buffer).await.unwrap();
        assert_eq!(&buffer, b"c67");
        assert_eq!(seek(&mut file, SeekFrom::End(-1)).await.unwrap(), 9);
        file.set_len(4).await.unwrap();
    });
    assert_eq!(std::fs::read(&path.0).unwrap(), b"012a");
}

#[test]
fn errors_are_those_of_the_operating_system() {
    let _counted = counted();
    let path = Scratch::new("absent");
    block_on(async {
        assert_eq!(
            fs::read(&path.0).await.unwrap_err().kind(),
            ErrorKind::NotFound
        );
        assert_eq!(
            fs::File::open(&path.0).await.unwrap_err().kind(),
            ErrorKind::NotFound
        );
        fs::write(&path.0, [0xff]).await.unwrap();
        assert_eq!(
            fs::read_to_string(&path.0).await.unwrap_err().kind(),
            ErrorKind::InvalidData
        );
        let mut file = fs::File::open(&path.0).await.unwrap();
        let mut text = String::new();
        assert_eq!(
            file.read_to_string(&mut text).await.unwrap_err().kind(),
            ErrorKind::InvalidData
        );
        assert!(file.write_all(b"read only").await.is_err());
    });
}

#[test]
fn nothing_happens_before_the_first_poll() {
    let _counted = counted();
    let path = Scratch::new("lazy");
    drop(fs::write(&path.0, "text"));
    drop(fs::File::create(&path.0));
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert!(!path.0.exists());
}

#[test]
fn files_are_renamed_and_folders_made() {
    let _counted = counted();
    let folder = Scratch::new("folder");
    block_on(async {
        let (from, to) = (folder.0.join("in/from"), folder.0.join("in/to"));
        fs::create_dir_all(folder.0.join("in")).await.unwrap();
        fs::write(&from, "moved").await.unwrap();
        fs::rename(&from, &to).await.unwrap();
        assert!(!from.exists());
        assert_eq!(fs::read_to_string(&to).await.unwrap(), "moved");
    });
    std::fs::remove_dir_all(&folder.0).unwrap();
}
