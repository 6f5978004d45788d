//! A proxy in front of several collectors, each of which gets a connection in its turn.

use std::{
    io,
    sync::{Arc, Mutex, PoisonError},
};

use tokio::{
    io::copy_bidirectional,
    net::{TcpListener, TcpStream},
};

/// The collectors' addresses, which may change.
#[derive(Clone, Default)]
pub struct Addresses(Arc<Mutex<Vec<String>>>);

impl Addresses {
    pub fn set(&self, addresses: Vec<String>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = addresses;
    }

    /// All of them, another one first each time.
    fn turn(&self) -> Vec<String> {
        let mut addresses = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        addresses.rotate_left(1);
        addresses.clone()
    }
}

/// Starts it on a free port, and returns its address. It ends with this program.
pub async fn start(addresses: Addresses) -> io::Result<String> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?.to_string();
    tokio::spawn(async move {
        while let Ok((mut client, _)) = listener.accept().await {
            let turn = addresses.turn();
            tokio::spawn(async move {
                for address in turn {
                    if let Ok(mut collector) = TcpStream::connect(address).await {
                        // However it ends, the client hears it.
                        let _ = copy_bidirectional(&mut client, &mut collector).await;
                        break;
                    }
                }
            });
        }
    });
    Ok(address)
}
