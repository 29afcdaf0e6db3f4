async fn option(list: &[u32]) -> Option<u32> {
    let first = list.first()?;
    Some(double(*first).await)
}
