async fn hello(path: &Path) -> io::Result<()> {
    let mut file = File::create(path).await?;
    file.write_all(b"hello, file\n").await?;
    Ok(())
}
