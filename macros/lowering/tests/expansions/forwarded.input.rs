async fn forwarded(buffer: [u8; 100]) -> usize {
    inner(buffer).await
}
