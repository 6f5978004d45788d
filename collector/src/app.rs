//! What every request can reach.

use std::{path::PathBuf, sync::Arc};

use crate::{
    counts::Counts,
    hourly::Hourly,
    http::{base::BasePath, cap::PerAddress, cors::Allowed, limit::Limiter, proxies::Proxies},
    metrics::Metrics,
    quota::Quota,
    secret::Secret,
    sign_ins::SignIns,
    site_file::{Named, SiteFile},
    store::Store,
    unknown::Unknown,
};

/// What every request can reach: the state of the router.
pub struct App {
    /// The database.
    pub store: Store,
    /// The collector's secret.
    pub secret: Secret,
    /// The websites that may leave feedback.
    pub allowed: Allowed,
    /// The proxies in front.
    pub proxies: Proxies,
    /// The path that stands in front of every address, if a proxy leaves it there.
    pub base_path: Option<BasePath>,
    /// How many requests one client may have under way through the proxies.
    pub under_way: Arc<PerAddress>,
    /// How much one address may post.
    pub posts: Limiter,
    /// How much may be posted for one site.
    pub site_posts: Limiter,
    /// That more is posted for a site, as the log says it.
    pub site_limit_said: Hourly,
    /// How many steps one address may post to be counted.
    pub steps: Limiter,
    /// How much may be kept in a day.
    pub quota: Quota,
    /// Which unknown fields of posts the log has named.
    pub unknown: Unknown,
    /// Numbers on how the collector is doing.
    pub metrics: Metrics,
    /// What is counted of wordings, until it is written.
    pub counts: Counts,
    /// What is remembered of tries to sign in to the inbox.
    pub sign_ins: SignIns,
    /// The hash of the token that its owner chose for this run. Without one, the stored hash holds.
    pub inbox_token_hash: Option<String>,
    /// The folder of the widget's files, if they are served here.
    pub assets: Option<PathBuf>,
    /// The folder of a website's pages, if there is one.
    pub pages: Option<PathBuf>,
    /// The sites' files, which say how often each wording is drawn.
    pub site_files: Vec<SiteFile>,
    /// Which wordings these name, so that no other is counted there.
    pub named: Named,
}
