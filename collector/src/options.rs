//! The options of the command line and of the environment.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{
    ArgAction, Args,
    builder::{BoolishValueParser, PathBufValueParser, TypedValueParser},
};

use crate::{
    assets,
    http::{base::BasePath, network::Network, origin::AllowedOrigin, proxies::ForwardedHeader},
    inbox::access::check_chosen,
    quota::Quotas,
    retention::Retention,
    site_file::SiteFile,
};

/// Where the database is.
#[derive(Args, Clone, Debug)]
pub struct Database {
    /// The SQLite file, which is made if it is missing, or a PostgreSQL server, as in postgres://user@host/say_so
    #[arg(long = "database", value_name = "URL", env = "SAY_SO_DATABASE", default_value = "sqlite://say-so.db")]
    pub url: String,
    /// How long a statement waits for another process that holds the database
    #[arg(skip = Duration::from_secs(5))]
    pub patience: Duration,
}

/// Where the sites' files are.
#[derive(Args, Clone, Debug, Default)]
pub struct SiteFiles {
    /// A site's file, which says how often each wording that it tries out is drawn, and what it says; with SITE= in
    /// front only for that site, as in shop.example=say-so.json; can be given more than once
    #[arg(long = "site-file", value_name = "[SITE=]PATH", env = "SAY_SO_SITE_FILE", value_delimiter = ',')]
    pub files: Vec<SiteFile>,
}

/// How to serve.
#[derive(Args, Clone, Debug)]
pub struct Options {
    /// Where the database is
    #[command(flatten)]
    pub database: Database,
    /// The address to listen on; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", env = "SAY_SO_LISTEN", default_value = "127.0.0.1:8787")]
    pub listen: SocketAddr,
    /// A website that may leave feedback here, such as `https://shop.example`, or all of its subdomains, as in
    /// `https://*.shop.example`; can be given more than once
    #[arg(long = "allow-origin", value_name = "ORIGIN", env = "SAY_SO_ALLOW_ORIGIN", value_delimiter = ',')]
    pub origins: Vec<AllowedOrigin>,
    /// Pages without an origin may leave feedback too: sandboxed frames, local files, `data:` addresses, whoever made
    /// them
    #[arg(
        long,
        env = "SAY_SO_ALLOW_OPAQUE_ORIGINS",
        action = ArgAction::SetTrue,
        value_parser = BoolishValueParser::new()
    )]
    pub allow_opaque_origins: bool,
    /// The folder with the widget's files
    #[arg(
        long,
        value_name = "DIR",
        env = "SAY_SO_ASSETS",
        value_parser = PathBufValueParser::new().try_map(assets::check)
    )]
    pub assets: Option<PathBuf>,
    /// A folder with pages of a website, such as a demo
    #[arg(long, value_name = "DIR", env = "SAY_SO_PAGES")]
    pub pages: Option<PathBuf>,
    /// How many posts a minute are taken from one address; 0 for any number
    #[arg(long, value_name = "POSTS", env = "SAY_SO_RATE_LIMIT", default_value_t = 300)]
    pub rate_limit: u32,
    /// How many posts a minute are taken for one site, from all addresses together; 0 for any number
    #[arg(long, value_name = "POSTS", env = "SAY_SO_SITE_RATE_LIMIT", default_value_t = 6_000)]
    pub site_rate_limit: u32,
    /// How many connections may be open at once; 0 for any number
    #[arg(long, value_name = "NUMBER", env = "SAY_SO_CONNECTIONS", default_value_t = 2_000)]
    pub connections: usize,
    /// How many of them one address may have, unless it is that of a trusted proxy: through those, how many requests one
    /// client may have under way; 0 for any number
    #[arg(long, value_name = "NUMBER", env = "SAY_SO_CONNECTIONS_PER_ADDRESS", default_value_t = 100)]
    pub connections_per_address: usize,
    /// The address at which Prometheus reads numbers, at /metrics; let nobody else reach it. If not said, there are none
    #[arg(long, value_name = "ADDRESS", env = "SAY_SO_METRICS")]
    pub metrics: Option<SocketAddr>,
    /// A proxy that is believed when it says who sends a request: its address, or its network as in 10.0.0.0/8; can be
    /// given more than once
    #[arg(long = "trust-proxy", value_name = "ADDRESS", env = "SAY_SO_TRUST_PROXY", value_delimiter = ',')]
    pub proxies: Vec<Network>,
    /// The header in which the proxy says it, if it may pass on the other one as a client wrote it
    #[arg(long, value_name = "HEADER", env = "SAY_SO_FORWARDED_HEADER")]
    pub forwarded_header: Option<ForwardedHeader>,
    /// The path under which a proxy shows the collector, such as /feedback, where the proxy leaves it in the address
    #[arg(long, value_name = "PATH", env = "SAY_SO_BASE_PATH")]
    pub base_path: Option<BasePath>,
    /// Where the sites' files are
    #[command(flatten)]
    pub sites: SiteFiles,
    /// How much is kept in a day
    #[command(flatten)]
    pub quotas: Quotas,
    /// For how many days messages are kept after something came of them last; with SITE= in front only those of that
    /// site; can be given more than once. Without it they are kept until somebody deletes them
    #[arg(long, value_name = "[SITE=]DAYS", env = "SAY_SO_RETENTION", value_delimiter = ',')]
    pub retention: Vec<Retention>,
    /// The token that opens the inbox in this run, in place of the stored one: at least 16 characters
    #[arg(long, value_name = "TOKEN", env = "SAY_SO_INBOX_TOKEN", hide_env_values = true, value_parser = check_chosen)]
    pub inbox_token: Option<String>,
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        options: Options,
    }

    #[test]
    fn whoever_lifts_a_limit_lifts_no_other() {
        let [all, lifted] = [&["serve"][..], &["serve", "--rate-limit", "0"]].map(|said| Cli::parse_from(said).options);
        assert_eq!((all.rate_limit, lifted.rate_limit), (300, 0));
        assert_eq!((all.site_rate_limit, lifted.site_rate_limit), (6_000, 6_000));
    }
}
