async fn moved_in_a_branch(value: String, keep: bool) {
    if !keep {
        consume(value);
    }
    pause().await;
}
