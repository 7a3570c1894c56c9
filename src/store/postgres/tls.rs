//! TLS with the server's certificate and its name verified; there is no other.

use crate::error::{Error, Result};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use std::path::Path;
use std::sync::Arc;
use tokio_postgres_rustls::MakeRustlsConnect;

/// What connects, trusting the authorities of a file, or else the system's.
///
/// # Errors
/// When there are none, or the file cannot be read.
pub(super) fn verified(authorities: Option<&Path>) -> Result<MakeRustlsConnect> {
    let roots = match authorities {
        Some(path) => of_file(path),
        None => of_the_system(),
    }?;
    let config =
        ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|cause| Error::failed("cannot begin TLS").because(cause))?
            .with_root_certificates(roots)
            .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

fn of_file(path: &Path) -> Result<RootCertStore> {
    let failed = || {
        Error::failed(format!(
            "cannot read the certificates of authorities in {}, which `sslrootcert` names; see that the file is there and is in the form PEM",
            path.display()
        ))
    };
    let mut roots = RootCertStore::empty();
    for certificate in
        CertificateDer::pem_file_iter(path).map_err(|cause| failed().because(cause))?
    {
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

fn of_the_system() -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    roots.add_parsable_certificates(found.certs);
    if roots.is_empty() {
        return Err(Error::failed(
            "this system has no certificates of authorities to verify the server by; install ca-certificates, or name a file: sslrootcert=/path/ca.pem in `url` under [store]",
        ));
    }
    Ok(roots)
}
