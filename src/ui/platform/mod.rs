//! What the browser gives and may refuse: storage, a database, addresses, files, the colour scheme, crash reports.

pub mod address;
pub mod browser;
pub mod clipboard;
pub mod crash;
pub mod download;
pub mod end;
pub mod fetch;
pub mod files;
pub mod keeper;
pub mod keyboard;
pub mod language;
pub mod paste;
pub mod route;
pub mod scheme;
pub mod storage;
pub mod vault;
pub mod visit;
