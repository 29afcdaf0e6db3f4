async fn while_loop(count: u32) -> u32 {
    let mut total = 0;
    while total < count {
        total += next(total).await;
    }
    total
}
