async fn operands(a: u32) -> u32 {
    add(first(a), second().await, third()) + fourth().await
}
