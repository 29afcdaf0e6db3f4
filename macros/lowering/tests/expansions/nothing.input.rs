async fn nothing() {}
