async fn temporary_receiver(client: &Client) -> Result<Response, Error> {
    client.get("address").send().await
}
