//! Policies that a site may have.

use anyhow::{Result, ensure};
use say_so_tests::{Scene, page};

use super::visit::{Cases, complain};

/// The words arrive under each, and nothing is violated.
pub async fn served(scene: &Scene) -> Result<()> {
    let Scene { site, collector, .. } = scene;
    let source = collector.address();
    let plain = scene.tag(&collector.endpoint(), "");
    let nonce = |tag: &str| tag.replace("<script", "<script nonce=page");
    let strict = format!(
        "default-src 'none'; img-src 'self'; script-src 'nonce-page' 'strict-dynamic' 'wasm-unsafe-eval'; \
         connect-src {source}; base-uri 'none'"
    );
    let typed = format!("{strict}; require-trusted-types-for 'script'");
    let script = format!(
        "<script>
            const script = document.createElement('script');
            script.src = '{source}/embed.js';
            script.dataset.endpoint = '{source}/v1/feedback';
            document.head.append(script);
        </script>"
    );
    const POLICY: &str = "Content-Security-Policy";
    const EMBEDDER: &str = "Cross-Origin-Embedder-Policy";
    const OPENER: (&str, &str) = ("Cross-Origin-Opener-Policy", "same-origin");
    let forbidden = [
        ("Permissions-Policy", "clipboard-write=(), storage-access=(), camera=(), fullscreen=(), idle-detection=()"),
        ("Document-Policy", "document-write=?0"),
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
    ];
    let mut cases = Cases::default();
    for (name, body, headers) in [
        ("nonce", nonce(&plain), &[(POLICY, &*typed)][..]),
        ("nonce, of a script", nonce(&script), &[(POLICY, &strict)]),
        ("isolated", plain.clone(), &[(EMBEDDER, "require-corp"), OPENER]),
        ("isolated without credentials", plain.clone(), &[(EMBEDDER, "credentialless"), OPENER]),
        ("nothing permitted", plain.clone(), &forbidden),
        ("sandboxed by a header", plain.clone(), &[(POLICY, "sandbox allow-scripts allow-same-origin")]),
    ] {
        let visit = async {
            let address = site.page("/policy", &page("", &body), headers)?;
            scene.browser.goto(&address).await?;
            if name.starts_with("isolated") {
                let isolated: bool = scene.browser.script("return crossOriginIsolated", vec![]).await?;
                ensure!(isolated, "the page is not isolated");
            }
            complain(scene, &format!("The lid broke, {name}.")).await
        };
        cases.note(scene, name, visit.await).await;
    }
    cases.judge()
}
