//! The text of embed.js in a page, or in a file of the page's own: `data-source` says where its other files stand.

use anyhow::Result;
use say_so_tests::Scene;

use super::loading::{apart, each, in_body};

/// In the tag itself, or in a file with its settings on the tag or on one beside it.
pub async fn inlined(scene: &Scene) -> Result<()> {
    let text = String::from_utf8(scene.site.read("/widget/embed.js")?)?;
    let bundle = format!("window.before = 1;\n{text}\nwindow.after = 1;\n");
    scene.site.file("/bundle.js", "text/javascript", bundle.clone())?;
    scene.site.file("/assets/module.mjs", "text/javascript", format!("{bundle}export default 1;"))?;
    let settings = apart(scene);
    let own =
        format!("data-endpoint=\"{}\" data-source={}/widget/embed.js", scene.collector.endpoint(), scene.site.origin());
    let beside = |script: &str| format!("<script {settings}></script><script>{script}</script>");
    let evaluated = "fetch('/widget/embed.js').then(file => file.text()).then(text => (0, eval)(text))";
    let blob = "fetch('/bundle.js').then(file => file.blob()).then(blob => {
        const script = document.createElement('script');
        script.src = URL.createObjectURL(new Blob([blob], { type: 'text/javascript' }));
        document.head.append(script);
    })";
    let module = "<script type=module src=/assets/module.mjs";
    each(
        scene,
        [
            in_body("inline", format!("<script {settings}>{text}</script>")),
            in_body("inline module", format!("<script type=module {settings}>{text}</script>")),
            in_body("inline, of this site", format!("<script {own}>{text}</script>")),
            in_body("bundled", format!("<script src=/bundle.js {settings}></script>")),
            in_body("bundled, settings apart", format!("{}<script src=/bundle.js></script>", beside(""))),
            in_body("module, settings apart", format!("{module}></script><script type=module {settings}></script>")),
            in_body("imported later", beside("import('/assets/module.mjs')")),
            in_body("from a blob", beside(blob)),
            in_body("fetched and evaluated", beside(evaluated)),
        ],
    )
    .await
}
