/** The namespace of all metrics of this library. */
export const NAMESPACE = 'DatabaseEndpoint';
