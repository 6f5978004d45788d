//! What a web team can set.
