async fn borrowed_buffer(mut stream: Stream) -> io::Result<usize> {
    let mut buffer = [0; 1024];
    let read = stream.read(&mut buffer).await?;
    stream.write_all(&buffer[..read]).await?;
    Ok(read)
}
