//! TLS with the server's certificate and its name verified; there is no other.

use crate::error::{Error, Result};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::Arc;

/// How to reach servers by the authorities of a file, or else by those of the system. `key`: what names the file, and where,
/// for whoever has to correct it.
///
/// # Errors
/// When there are none, or the file cannot be read.
pub(crate) fn verified(authorities: Option<&Path>, key: &str) -> Result<ClientConfig> {
    let roots = match authorities {
        Some(path) => of_file(path, key),
        None => of_the_system(key),
    }?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let builder = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|cause| Error::failed("cannot begin TLS").because(cause))?;
    Ok(builder.with_root_certificates(roots).with_no_client_auth())
}

fn of_file(path: &Path, key: &str) -> Result<RootCertStore> {
    let failed = || {
        Error::failed(format!(
            "cannot read the certificates of authorities in {}, which {key} names; see that the file is there and is in the form PEM",
            path.display()
        ))
    };
    let mut roots = RootCertStore::empty();
    let found = CertificateDer::pem_file_iter(path).map_err(|cause| failed().because(cause))?;
    for certificate in found {
        let certificate = certificate.map_err(|cause| failed().because(cause))?;
        roots
            .add(certificate)
            .map_err(|cause| failed().because(cause))?;
    }
    if roots.is_empty() {
        return Err(failed());
    }
    Ok(roots)
}

fn of_the_system(key: &str) -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err(Error::failed(format!(
            "this system has no certificates of authorities to verify the server by; install ca-certificates, or name a file by {key}"
        )));
    }
    Ok(roots)
}
