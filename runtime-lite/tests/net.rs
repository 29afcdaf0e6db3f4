//! Sockets.
#![cfg(unix)]

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
    block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let name = format!("localhost:{}", listener.local_addr().unwrap().port());
        let (client, server) = join!(TcpStream::connect(name), listener.accept());
        assert_eq!(client.unwrap().local_addr().unwrap(), server.unwrap().1);
    });
}

#[test]
fn a_reset_is_an_error_and_an_end_is_the_end() {
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

/// One side has said all it had to say; the other may go on for as long as it likes.
#[test]
fn a_peer_that_has_ended_its_side_is_still_answered() {
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
