// biome-ignore-all assist/source/organizeImports: in the order in which users need them

// The endpoint
export * from './database-endpoint';
export * from './database-endpoint-props';
export * from './endpoint-error';
export * from './endpoint-outputs';
export * from './exposure';

// Who may connect
export * from './allowlist/allowed-source';
export * from './allowlist/allowlist-file';

// How clients connect
export * from './engine/certificate-authority';
export * from './engine/client/client-recipe';
export * from './engine/client-guide';
export * from './engine/keepalive/client-keepalive';
export * from './engine/login/login-statements';

// What speaks behind it
export * from './engine/custom-engine';
export * from './engine/database-engine';
export * from './engine/tls-handshake';

// Where the database is
export * from './target/database-target';
export * from './target/database-target-options';
export * from './target/followed-target';
export * from './target-sync/target-sync';
export * from './target-sync/target-sync-options';

// Where TLS ends
export * from './certificate/shared-certificate';
export * from './tls/certificate-key-algorithm';
export * from './tls/endpoint-certificate';
export * from './tls/endpoint-tls';
export * from './tls/tls-policy';
