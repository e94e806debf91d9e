import { Alert, Text } from '@mantine/core';
import { IconBuildingStore } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { api, type Merchant, unwrap } from '../../shared/api.ts';
import { RowsSkeleton } from '../../shared/page-skeleton.tsx';
import { Problem } from '../../shared/problem.ts';
import { keys } from '../../shared/query.ts';
import { LoadFailed } from '../../shared/states.tsx';
import { texts } from '../../shared/texts.ts';
import { Section } from '../settings/section.tsx';
import { SettingsFrame } from '../settings/settings-frame.tsx';
import { BusinessForm } from './business-form.tsx';

const t = texts.business;

/** My business; null where there is none. */
export const merchantQuery = queryOptions({
  queryKey: keys.merchant,
  queryFn: async (): Promise<Merchant | null> => {
    try {
      return await unwrap(api.GET('/v1/users/me/merchant'));
    } catch (error) {
      if (error instanceof Problem && error.slug === 'merchant-not-found') return null;
      throw error;
    }
  },
});

const COLORS = { PENDING: 'gray', VERIFIED: 'spruce', REJECTED: 'red' } as const;

export function BusinessPage() {
  const merchant = useQuery(merchantQuery);
  return (
    <SettingsFrame title={t.title}>
      <Section title={t.title} hint={t.hint}>
        {merchant.isPending && <RowsSkeleton rows={3} />}
        {merchant.isError && merchant.data === undefined && (
          <LoadFailed error={merchant.error} onRetry={() => void merchant.refetch()} />
        )}
        {merchant.data && <Status merchant={merchant.data} />}
        {merchant.data !== undefined && <BusinessForm merchant={merchant.data} />}
      </Section>
    </SettingsFrame>
  );
}

function Status({ merchant: { status, rejectionReason } }: { merchant: Merchant }) {
  return (
    <Alert
      color={COLORS[status]}
      title={t.status[status]}
      icon={<IconBuildingStore size={20} aria-hidden />}
      role="status"
    >
      {rejectionReason && (
        <Text size="sm" className="break-words">
          {t.reason(rejectionReason)}
        </Text>
      )}
      <Text size="sm">{t.statusText[status]}</Text>
    </Alert>
  );
}
