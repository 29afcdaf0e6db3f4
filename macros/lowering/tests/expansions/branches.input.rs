async fn branches(fast: bool) -> u32 {
    if fast { quick().await } else { slow().await }
}
