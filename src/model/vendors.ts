/** Ids of the vendors; users' settings and stored keys depend on them, so they never change. */
export const vendorIds = ["placeholder", "seedream", "visual", "kling", "animo", "gateway"] as const;

export type VendorId = (typeof vendorIds)[number];
