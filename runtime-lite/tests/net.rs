//! Sockets.
#![cfg(unix)]

mod counted;

use counted::counted;
use futures_util::AsyncBufReadExt;
use runtime_lite::io::{AsyncReadExt, AsyncWriteExt};
use runtime_lite::net::{
    TcpListener, TcpStream, UdpSocket, UnixDatagram, UnixListener, UnixStream,
};
use runtime_lite::{Executor, block_on, join, spawn, time, try_join};
use std::io;
use std::net::Shutdown;
use std::time::Duration;

/// Two ends of a TCP connection.
async fn pair() -> io::Result<(TcpStream, TcpStream)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let (client, (server, peer)) = try_join!(
        TcpStream::connect(listener.local_addr()?),
        listener.accept()
    )?;
    assert_eq!(client.local_addr()?, peer);
    assert_eq!(client.peer_addr()?, server.local_addr()?);
    Ok((client, server))
}

/// Sends back what comes in, until the end.
async fn echo(mut stream: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 1024];
    loop {
        match stream.read(&mut buffer).await? {
            0 => return Ok(()),
            count => stream.write_all(&buffer[..count]).await?,
        }
    }
}

#[test]
fn a_large_message_goes_through_in_both_directions_at_once() {
    let _counted = counted();
    block_on(async {
        let (client, server) = pair().await.unwrap();
        let message: Vec<u8> = (0..4_000_000u32).map(|number| number as u8).collect();
        let server = spawn(async move {
            let (mut read, mut write) = server.into_split();
            let mut received = Vec::new();
            let message: Vec<u8> = vec![7; 3_000_000];
            let (received, ()) = try_join!(
                async {
                    read.read_to_end(&mut received).await?;
                    Ok::<_, io::Error>(received)
                },
                async {
                    write.write_all(&message).await?;
                    write.close().await
                }
            )
            .unwrap();
            drop(read.reunite(write).unwrap());
            received
        });
        let (mut read, mut write) = client.split();
        let mut received = Vec::new();
        let (count, ()) = try_join!(read.read_to_end(&mut received), async {
            write.write_all(&message).await?;
            write.close().await
        })
        .unwrap();
        assert_eq!(count, 3_000_000);
        assert!(received.iter().all(|&byte| byte == 7));
        assert!(server.await.unwrap() == message);
    });
}

#[test]
fn an_echo_server_with_64_clients_on_two_threads() {
    let _counted = counted();
    let executor = Executor::builder().threads(2).build().unwrap();
    block_on(async {
        let listener = TcpListener::bind(([127, 0, 0, 1], 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        executor
            .spawn(async move {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    spawn(echo(stream)).detach();
                }
            })
            .detach();
        let clients: Vec<_> = (0..64u8)
            .map(|number| {
                executor.spawn(async move {
                    let mut stream = TcpStream::connect(address).await.unwrap();
                    stream.set_nodelay(true).unwrap();
                    let mut buffer = [0; 64];
                    for _ in 0..100 {
                        stream.write_all(&[number; 64]).await.unwrap();
                        stream.read_exact(&mut buffer).await.unwrap();
                        assert_eq!(buffer, [number; 64]);
                    }
                })
            })
            .collect();
        for client in clients {
            client.await.unwrap();
        }
    });
}

#[test]
fn connecting_fails_with_the_reason() {
    let _counted = counted();
    block_on(async {
        // A port that was free a moment ago.
        let address = TcpListener::bind("127.0.0.1:0")
            .await
            .unwrap()
            .local_addr()
            .unwrap();
        let error = TcpStream::connect(address).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionRefused);
        assert!(TcpStream::connect("no port here").await.is_err());
        assert!(TcpListener::bind("no port here").await.is_err());
        assert!(UnixStream::connect("/nonexistent/socket").await.is_err());
    });
}

#[test]
fn a_name_is_looked_up() {
    let _counted = counted();
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let name = format!("localhost:{}", listener.local_addr().unwrap().port());
        let (client, server) = join!(TcpStream::connect(name), listener.accept());
        assert_eq!(client.unwrap().local_addr().unwrap(), server.unwrap().1);
    });
}

#[test]
fn a_reset_is_an_error_and_an_end_is_the_end() {
    let _counted = counted();
    block_on(async {
        let (client, mut server) = pair().await.unwrap();
        let mut buffer = [0; 8];
        drop(client);
        assert_eq!(server.read(&mut buffer).await.unwrap(), 0);
        let (mut client, server) = pair().await.unwrap();
        client.write_all(b"unread").await.unwrap();
        // Closing a socket with unread bytes resets the connection.
        time::sleep(Duration::from_millis(10)).await;
        drop(server);
        let error = client.read(&mut buffer).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
    });
}

#[test]
fn reading_can_be_given_up_and_taken_up_again() {
    let _counted = counted();
    block_on(async {
        let (mut client, mut server) = pair().await.unwrap();
        let mut buffer = [0; 8];
        for _ in 0..3 {
            let read = server.read(&mut buffer);
            assert!(time::timeout(Duration::from_millis(5), read).await.is_err());
        }
        client.write_all(b"at last").await.unwrap();
        assert_eq!(server.read(&mut buffer).await.unwrap(), 7);
        client.shutdown(Shutdown::Both).unwrap();
        let error = server.read_exact(&mut buffer).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::UnexpectedEof);
    });
}

#[test]
fn futures_util_works_on_streams() {
    let _counted = counted();
    block_on(async {
        let (mut client, server) = pair().await.unwrap();
        client.write_all(b"one\ntwo\n").await.unwrap();
        client.close().await.unwrap();
        let mut lines = futures_util::io::BufReader::new(server);
        let mut text = String::new();
        lines.read_line(&mut text).await.unwrap();
        assert_eq!(text, "one\n");
        let mut rest = Vec::new();
        futures_util::AsyncReadExt::read_to_end(&mut lines, &mut rest)
            .await
            .unwrap();
        assert_eq!(rest, b"two\n");
    });
}

#[test]
fn datagrams() {
    let _counted = counted();
    block_on(async {
        let one = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let two = UdpSocket::bind("127.0.0.1:0").await.unwrap();
        let mut buffer = [0; 16];
        let (received, sent) = try_join!(
            two.recv_from(&mut buffer),
            one.send_to(b"ping", two.local_addr().unwrap())
        )
        .unwrap();
        assert_eq!((received, sent), ((4, one.local_addr().unwrap()), 4));
        two.connect(received.1).unwrap();
        two.send(b"pong!").await.unwrap();
        assert_eq!(one.recv(&mut buffer).await.unwrap(), 5);
        let (three, four) = UnixDatagram::pair().unwrap();
        let (received, _) = try_join!(four.recv(&mut buffer), three.send(b"unix")).unwrap();
        assert_eq!(&buffer[..received], b"unix");
    });
}

#[test]
fn unix_streams() {
    let _counted = counted();
    let path = std::env::temp_dir().join(format!("runtime-lite-{}.socket", std::process::id()));
    block_on(async {
        let listener = UnixListener::bind(&path).unwrap();
        let (mut client, mut server) =
            try_join!(UnixStream::connect(&path), listener.accept()).unwrap();
        client.write_all(b"within").await.unwrap();
        client.close().await.unwrap();
        let mut text = String::new();
        server.read_to_string(&mut text).await.unwrap();
        assert_eq!(text, "within");
        let (mut one, other) = UnixStream::pair().unwrap();
        drop(other);
        assert_eq!(one.read(&mut [0; 4]).await.unwrap(), 0);
    });
    std::fs::remove_file(path).unwrap();
}

#[test]
fn the_end_is_seen_after_a_read_that_did_not_fill_its_buffer() {
    let _counted = counted();
    block_on(async {
        for (wait_before, wait_between) in [(0, 0), (5, 0), (0, 5), (5, 5)] {
            let pause = |milliseconds| time::sleep(Duration::from_millis(milliseconds));
            let (mut client, mut server) = pair().await.unwrap();
            let writing = spawn(async move {
                client.write_all(b"part").await.unwrap();
                pause(wait_between).await;
                client.write_all(b"rest").await.unwrap();
                client.close().await.unwrap();
                pause(20).await;
            });
            pause(wait_before).await;
            let mut received = Vec::new();
            let mut buffer = [0; 64];
            loop {
                let read = time::timeout(Duration::from_secs(5), server.read(&mut buffer));
                match read.await.expect("the end was missed").unwrap() {
                    0 => break,
                    count => received.extend_from_slice(&buffer[..count]),
                }
            }
            assert_eq!(received, b"partrest");
            writing.await.unwrap();
        }
    });
}

/// Numbers that look random and are the same at each run.
fn noise() -> impl Iterator<Item = usize> {
    let mut state = 0x9e37_79b9_7f4a_7c15u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as usize
    })
}

/// Whether a message fills the buffer, is cut by it or leaves room, each byte comes once and in its place.
#[test]
fn buffers_of_all_sizes_get_all_bytes_in_order() {
    let _counted = counted();
    const TOTAL: usize = 300_000;
    let byte_at = |position: usize| (position * 7 % 251) as u8;
    block_on(async {
        let (mut client, mut server) = pair().await.unwrap();
        let writing = spawn(async move {
            let message: Vec<u8> = (0..TOTAL).map(byte_at).collect();
            let mut rest = &message[..];
            for number in noise() {
                let (piece, others) = rest.split_at((1 + number % 64).min(rest.len()));
                client.write_all(piece).await.unwrap();
                rest = others;
                if rest.is_empty() {
                    break;
                }
                if number % 5 == 0 {
                    runtime_lite::yield_now().await;
                }
            }
            client.close().await.unwrap();
        });
        let mut received = 0;
        let mut buffer = [0; 5000];
        for number in noise().skip(1) {
            let length = match number % 50 {
                0 => 4094 + number / 50 % 4,
                _ => number / 50 % 66,
            };
            let read = server.read(&mut buffer[..length]);
            let read = time::timeout(Duration::from_secs(10), read).await;
            let count = read.expect("an event was missed").unwrap();
            for &byte in &buffer[..count] {
                assert_eq!(byte, byte_at(received));
                received += 1;
            }
            if count == 0 && length > 0 {
                break;
            }
        }
        assert_eq!(received, TOTAL);
        writing.await.unwrap();
    });
}

#[test]
fn an_error_behind_the_last_byte_is_not_lost() {
    let _counted = counted();
    block_on(async {
        let (mut client, mut server) = pair().await.unwrap();
        client.write_all(b"unread").await.unwrap();
        server.write_all(b"12345").await.unwrap();
        let mut buffer = [0; 4];
        client.read_exact(&mut buffer).await.unwrap();
        assert_eq!(&buffer, b"1234");
        // Closing a socket with unread bytes resets the connection.
        time::sleep(Duration::from_millis(10)).await;
        drop(server);
        time::sleep(Duration::from_millis(10)).await;
        assert_eq!(client.read(&mut buffer).await.unwrap(), 1);
        assert_eq!(buffer[0], b'5');
        let error = client.read(&mut buffer).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::ConnectionReset);
        assert_eq!(client.read(&mut buffer).await.unwrap(), 0);
    });
}

/// The system has taken the connection, and nobody serves it: time ends every wait, and then the peer's end does.
#[test]
fn a_peer_that_is_not_there_keeps_nobody() {
    let _counted = counted();
    const SOON: Duration = Duration::from_millis(20);
    block_on(async {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut client = TcpStream::connect(address).await.unwrap();
        let mut buffer = [0; 64];
        assert!(time::timeout(SOON, client.read(&mut buffer)).await.is_err());
        let message = vec![0; 64 << 20];
        let written = time::timeout(10 * SOON, client.write_all(&message)).await;
        assert!(written.is_err(), "nobody has read that much");
        let (read, ()) = join!(client.read(&mut buffer), async {
            time::sleep(SOON).await;
            drop(listener);
        });
        assert_eq!(read.unwrap_err().kind(), io::ErrorKind::ConnectionReset);
        let error = client.write_all(&message).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::BrokenPipe);
    });
}

/// One side has said all it had to say; the other may go on for as long as it likes.
#[test]
fn a_peer_that_has_ended_its_side_is_still_answered() {
    let _counted = counted();
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let client = async {
            let mut client = TcpStream::connect(address).await.unwrap();
            client.write_all(b"question").await.unwrap();
            client.close().await.unwrap();
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).await.unwrap();
            answer
        };
        let server = async {
            let (mut server, _) = listener.accept().await.unwrap();
            let mut question = Vec::new();
            server.read_to_end(&mut question).await.unwrap();
            for _ in 0..100 {
                server.write_all(&question).await.unwrap();
                runtime_lite::yield_now().await;
            }
        };
        let (answer, ()) = join!(client, server);
        assert_eq!(answer, b"question".repeat(100));
    });
}
