import { Button, Paper, SegmentedControl, Text } from '@mantine/core';
import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api, ifMatch, type Merchant, unwrap } from '../../shared/api.ts';
import { MoreList } from '../../shared/more-list.tsx';
import { keys } from '../../shared/query.ts';
import { ListRow } from '../../shared/query-list.tsx';
import { texts } from '../../shared/texts.ts';
import { timeWords } from '../../shared/time.ts';
import { useChange } from '../../shared/use-change.ts';
import { useNow } from '../../shared/use-now.ts';
import { useClock, useMe } from '../auth/account.ts';
import { AdminFrame } from './admin-frame.tsx';
import { may } from './permissions.ts';
import { RejectDialog } from './reject-dialog.tsx';

const t = texts.admin.merchants;
const route = getRouteApi('/app/admin/merchants');
const STATUSES = (['PENDING', 'VERIFIED', 'REJECTED'] as const).map((value) => ({
  value,
  label: texts.business.status[value],
}));

function merchantsQuery(status: Merchant['status']) {
  return infiniteQueryOptions({
    queryKey: [...keys.admin, 'merchants', status],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET('/v1/admin/merchants', {
          params: { query: { limit: 30, status, ...(pageParam && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });
}

export function MerchantsPage() {
  const { status = 'PENDING' } = route.useSearch();
  const merchants = useInfiniteQuery(merchantsQuery(status));
  const navigate = useNavigate();
  const choose = (value: string) =>
    void navigate({
      to: '/admin/merchants',
      search: { status: value as Merchant['status'] },
      replace: true,
    });
  return (
    <AdminFrame title={texts.admin.tabs.merchants}>
      <SegmentedControl
        aria-label={texts.admin.users.status}
        data={STATUSES}
        value={status}
        onChange={choose}
      />
      <Paper p="lg">
        <MoreList query={merchants} empty={t.none} label={t.list}>
          {(merchant) => <MerchantRow key={merchant.userId} merchant={merchant} />}
        </MoreList>
      </Paper>
    </AdminFrame>
  );
}

export function reviewMerchant(
  merchant: Merchant,
  body: { status: 'VERIFIED' | 'REJECTED'; reason?: string },
) {
  const params = { path: { userId: merchant.userId }, header: ifMatch(merchant.version) };
  return unwrap(api.PATCH('/v1/admin/merchants/{userId}', { params, body }));
}

function MerchantRow({ merchant }: { merchant: Merchant }) {
  const { businessName, category, taxId, address, contactEmail, contactPhone, website } = merchant;
  const clock = useClock();
  const now = useNow();
  const lines = [
    `${category} · ${taxId}`,
    address,
    [contactEmail, contactPhone, website].filter(Boolean).join(' · '),
    t.submitted(timeWords(merchant.submittedAt, clock, now)),
    merchant.rejectionReason && texts.business.reason(merchant.rejectionReason),
  ];
  return (
    <ListRow
      title={businessName}
      meta={lines.filter(Boolean).map((line) => (
        <Text key={line} size="sm" className="break-words">
          {line}
        </Text>
      ))}
    >
      <Review merchant={merchant} />
    </ListRow>
  );
}

/** What can be said about a business from where it stands. */
function Review({ merchant }: { merchant: Merchant }) {
  const { businessName, status } = merchant;
  const me = useMe();
  const [isRejecting, setRejecting] = useState(false);
  const verify = useChange(() => reviewMerchant(merchant, { status: 'VERIFIED' }), {
    done: t.verified,
    failed: t.failed,
    refresh: [keys.admin],
  });
  if (!may(me, 'merchants.review')) return null;
  return (
    <>
      {status !== 'VERIFIED' && (
        <Button
          size="xs"
          aria-label={t.verifyLabel(businessName)}
          loading={verify.isPending}
          onClick={() => verify.mutate()}
        >
          {t.verify}
        </Button>
      )}
      {status !== 'REJECTED' && (
        <Button
          size="xs"
          variant="default"
          aria-label={t.rejectLabel(businessName)}
          onClick={() => setRejecting(true)}
        >
          {t.reject}
        </Button>
      )}
      {isRejecting && <RejectDialog merchant={merchant} onClose={() => setRejecting(false)} />}
    </>
  );
}
